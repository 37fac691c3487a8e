use strict;
use warnings;

package Tree;

sub new {
    my ($class, $left, $right) = @_;
    return bless { left => $left, right => $right }, $class;
}

sub count {
    my ($self) = @_;
    my $nodes = 1;
    $nodes += $self->{left}->count  if $self->{left};
    $nodes += $self->{right}->count if $self->{right};
    return $nodes;
}

package main;

sub grow {
    my ($depth) = @_;
    return Tree->new(undef, undef) if $depth == 0;
    return Tree->new(grow($depth - 1), grow($depth - 1));
}

my $most  = $ARGV[0];
my $old   = grow($most);
my $total = grow($most + 1)->count;
for (my $depth = 4; $depth <= $most; $depth += 2) {
    $total += grow($depth)->count for 1 .. 1 << ($most - $depth + 4);
}
print $total + $old->count, "\n";
