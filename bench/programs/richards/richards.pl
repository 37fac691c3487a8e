use strict;
use warnings;

use constant { IDLE => 0, WORKER => 1, HANDLER_A => 2, HANDLER_B => 3, DEVICE_A => 4, DEVICE_B => 5 };
use constant { DATA_SIZE => 4, COUNT => 1000 };
use constant { KIND_DEVICE => 0, KIND_WORK => 1 };
use constant { STATE_RUNNING => 0, STATE_RUNNABLE => 1, STATE_SUSPENDED => 2, STATE_HELD => 4 };

package Packet;

sub new {
    my ($class, $link, $id, $kind) = @_;
    return bless { link => $link, id => $id, kind => $kind, a1 => 0, a2 => [(0) x main::DATA_SIZE] }, $class;
}

sub add_to {
    my ($self, $queue) = @_;
    $self->{link} = undef;
    return $self if !defined $queue;
    my $last = $queue;
    my $next = $last->{link};
    while (defined $next) {
        $last = $next;
        $next = $last->{link};
    }
    $last->{link} = $self;
    return $queue;
}

package TaskControlBlock;

sub new {
    my ($class, $link, $id, $priority, $queue, $work) = @_;
    my $state = defined $queue ? main::STATE_SUSPENDED | main::STATE_RUNNABLE : main::STATE_SUSPENDED;
    my $self  = { link => $link, id => $id, priority => $priority, queue => $queue, work => $work, state => $state };
    return bless $self, $class;
}

sub set_running       { $_[0]{state} = main::STATE_RUNNING;    return }
sub mark_as_not_held  { $_[0]{state} &= ~main::STATE_HELD;     return }
sub mark_as_held      { $_[0]{state} |= main::STATE_HELD;      return }
sub mark_as_suspended { $_[0]{state} |= main::STATE_SUSPENDED; return }
sub mark_as_runnable  { $_[0]{state} |= main::STATE_RUNNABLE;  return }

sub is_held_or_suspended {
    my ($self) = @_;
    return ($self->{state} & main::STATE_HELD) != 0 || $self->{state} == main::STATE_SUSPENDED;
}

sub run {
    my ($self, $scheduler) = @_;
    my $packet;
    if ($self->{state} == (main::STATE_SUSPENDED | main::STATE_RUNNABLE)) {
        $packet        = $self->{queue};
        $self->{queue} = $packet->{link};
        $self->{state} = defined $self->{queue} ? main::STATE_RUNNABLE : main::STATE_RUNNING;
    }
    return $self->{work}->run($scheduler, $packet);
}

sub check_priority_add {
    my ($self, $task, $packet) = @_;
    if (!defined $self->{queue}) {
        $self->{queue} = $packet;
        $self->mark_as_runnable;
        return $self if $self->{priority} > $task->{priority};
    }
    else {
        $self->{queue} = $packet->add_to($self->{queue});
    }
    return $task;
}

package Scheduler;

sub new {
    my ($class) = @_;
    my $self = { queue_count => 0, hold_count => 0, blocks => [], list => undef, current => undef, current_id => 0 };
    return bless $self, $class;
}

sub add_task {
    my ($self, $id, $priority, $queue, $work, $running) = @_;
    my $block = TaskControlBlock->new($self->{list}, $id, $priority, $queue, $work);
    $self->{current}     = $block;
    $self->{list}        = $block;
    $self->{blocks}[$id] = $block;
    $block->set_running if $running;
    return;
}

sub schedule {
    my ($self) = @_;
    $self->{current} = $self->{list};
    while (defined $self->{current}) {
        if ($self->{current}->is_held_or_suspended) {
            $self->{current} = $self->{current}{link};
        }
        else {
            $self->{current_id} = $self->{current}{id};
            $self->{current}    = $self->{current}->run($self);
        }
    }
    return;
}

sub release {
    my ($self, $id) = @_;
    my $task = $self->{blocks}[$id];
    return undef if !defined $task;
    $task->mark_as_not_held;
    return $task->{priority} > $self->{current}{priority} ? $task : $self->{current};
}

sub hold_current {
    my ($self) = @_;
    $self->{hold_count}++;
    $self->{current}->mark_as_held;
    return $self->{current}{link};
}

sub suspend_current {
    my ($self) = @_;
    $self->{current}->mark_as_suspended;
    return $self->{current};
}

sub enqueue {
    my ($self, $packet) = @_;
    my $task = $self->{blocks}[$packet->{id}];
    return undef if !defined $task;
    $self->{queue_count}++;
    $packet->{link} = undef;
    $packet->{id}   = $self->{current_id};
    return $task->check_priority_add($self->{current}, $packet);
}

package IdleTask;

sub new {
    my ($class, $seed, $left) = @_;
    return bless { seed => $seed, left => $left }, $class;
}

sub run {
    my ($self, $scheduler, undef) = @_;
    $self->{left}--;
    return $scheduler->hold_current if $self->{left} == 0;
    if (($self->{seed} & 1) == 0) {
        $self->{seed} >>= 1;
        return $scheduler->release(main::DEVICE_A);
    }
    $self->{seed} = ($self->{seed} >> 1) ^ 0xD008;
    return $scheduler->release(main::DEVICE_B);
}

package DeviceTask;

sub new {
    my ($class) = @_;
    return bless { pending => undef }, $class;
}

sub run {
    my ($self, $scheduler, $packet) = @_;
    if (!defined $packet) {
        my $pending = $self->{pending};
        return $scheduler->suspend_current if !defined $pending;
        $self->{pending} = undef;
        return $scheduler->enqueue($pending);
    }
    $self->{pending} = $packet;
    return $scheduler->hold_current;
}

package WorkerTask;

sub new {
    my ($class, $handler, $letter) = @_;
    return bless { handler => $handler, letter => $letter }, $class;
}

sub run {
    my ($self, $scheduler, $packet) = @_;
    return $scheduler->suspend_current if !defined $packet;
    $self->{handler} = $self->{handler} == main::HANDLER_A ? main::HANDLER_B : main::HANDLER_A;
    $packet->{id}    = $self->{handler};
    $packet->{a1}    = 0;
    for my $i (0 .. main::DATA_SIZE - 1) {
        $self->{letter}++;
        $self->{letter} = 1 if $self->{letter} > 26;
        $packet->{a2}[$i] = $self->{letter};
    }
    return $scheduler->enqueue($packet);
}

package HandlerTask;

sub new {
    my ($class) = @_;
    return bless { works => undef, devices => undef }, $class;
}

sub run {
    my ($self, $scheduler, $packet) = @_;
    if (defined $packet) {
        my $queue = $packet->{kind} == main::KIND_WORK ? 'works' : 'devices';
        $self->{$queue} = $packet->add_to($self->{$queue});
    }
    my $work = $self->{works};
    if (defined $work) {
        my $count = $work->{a1};
        if ($count < main::DATA_SIZE) {
            my $device = $self->{devices};
            if (defined $device) {
                $self->{devices} = $device->{link};
                $device->{a1}    = $work->{a2}[$count];
                $work->{a1}      = $count + 1;
                return $scheduler->enqueue($device);
            }
        }
        else {
            $self->{works} = $work->{link};
            return $scheduler->enqueue($work);
        }
    }
    return $scheduler->suspend_current;
}

package main;

sub three {
    my ($id, $kind) = @_;
    my $first  = Packet->new(undef,   $id, $kind);
    my $second = Packet->new($first,  $id, $kind);
    return Packet->new($second, $id, $kind);
}

sub counts_of_one_run {
    my $scheduler = Scheduler->new;
    my $works     = Packet->new(Packet->new(undef, WORKER, KIND_WORK), WORKER, KIND_WORK);
    $scheduler->add_task(IDLE,      0,    undef,                        IdleTask->new(1, COUNT),          1);
    $scheduler->add_task(WORKER,    1000, $works,                       WorkerTask->new(HANDLER_A, 0),    0);
    $scheduler->add_task(HANDLER_A, 2000, three(DEVICE_A, KIND_DEVICE), HandlerTask->new,                 0);
    $scheduler->add_task(HANDLER_B, 3000, three(DEVICE_B, KIND_DEVICE), HandlerTask->new,                 0);
    $scheduler->add_task(DEVICE_A,  4000, undef,                        DeviceTask->new,                  0);
    $scheduler->add_task(DEVICE_B,  5000, undef,                        DeviceTask->new,                  0);
    $scheduler->schedule;
    return $scheduler->{queue_count} * 10000 + $scheduler->{hold_count};
}

my $total = 0;
$total += counts_of_one_run() for 1 .. $ARGV[0];
print "$total\n";
