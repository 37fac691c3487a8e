IDLE = 0
WORKER = 1
HANDLER_A = 2
HANDLER_B = 3
DEVICE_A = 4
DEVICE_B = 5

DATA_SIZE = 4
COUNT = 1000

KIND_DEVICE = 0
KIND_WORK = 1

STATE_RUNNING = 0
STATE_RUNNABLE = 1
STATE_SUSPENDED = 2
STATE_HELD = 4

class Packet
  attr_accessor :link, :id, :kind, :a1, :a2

  def initialize(link, id, kind)
    @link = link
    @id = id
    @kind = kind
    @a1 = 0
    @a2 = Array.new(DATA_SIZE, 0)
  end

  def add_to(queue)
    @link = nil
    return self if queue.nil?
    last = queue
    following = last.link
    until following.nil?
      last = following
      following = last.link
    end
    last.link = self
    queue
  end
end

class TaskControlBlock
  attr_reader :link, :id, :priority

  def initialize(link, id, priority, queue, work)
    @link = link
    @id = id
    @priority = priority
    @queue = queue
    @work = work
    @state = queue.nil? ? STATE_SUSPENDED : STATE_SUSPENDED | STATE_RUNNABLE
  end

  def set_running
    @state = STATE_RUNNING
  end

  def mark_as_not_held
    @state &= ~STATE_HELD
  end

  def mark_as_held
    @state |= STATE_HELD
  end

  def mark_as_suspended
    @state |= STATE_SUSPENDED
  end

  def mark_as_runnable
    @state |= STATE_RUNNABLE
  end

  def held_or_suspended?
    (@state & STATE_HELD) != 0 || @state == STATE_SUSPENDED
  end

  def run(scheduler)
    packet = nil
    if @state == (STATE_SUSPENDED | STATE_RUNNABLE)
      packet = @queue
      @queue = packet.link
      @state = @queue.nil? ? STATE_RUNNING : STATE_RUNNABLE
    end
    @work.run(scheduler, packet)
  end

  def check_priority_add(task, packet)
    if @queue.nil?
      @queue = packet
      mark_as_runnable
      return self if @priority > task.priority
    else
      @queue = packet.add_to(@queue)
    end
    task
  end
end

class Scheduler
  attr_reader :queue_count, :hold_count

  def initialize
    @queue_count = 0
    @hold_count = 0
    @blocks = Array.new(6)
    @list = nil
    @current = nil
    @current_id = 0
  end

  def add_task(id, priority, queue, work, running)
    block = TaskControlBlock.new(@list, id, priority, queue, work)
    @current = block
    @list = block
    @blocks[id] = block
    block.set_running if running
  end

  def schedule
    @current = @list
    until @current.nil?
      if @current.held_or_suspended?
        @current = @current.link
      else
        @current_id = @current.id
        @current = @current.run(self)
      end
    end
  end

  def release(id)
    task = @blocks[id]
    return nil if task.nil?
    task.mark_as_not_held
    task.priority > @current.priority ? task : @current
  end

  def hold_current
    @hold_count += 1
    @current.mark_as_held
    @current.link
  end

  def suspend_current
    @current.mark_as_suspended
    @current
  end

  def enqueue(packet)
    task = @blocks[packet.id]
    return nil if task.nil?
    @queue_count += 1
    packet.link = nil
    packet.id = @current_id
    task.check_priority_add(@current, packet)
  end
end

class IdleTask
  def initialize(seed, left)
    @seed = seed
    @left = left
  end

  def run(scheduler, _packet)
    @left -= 1
    return scheduler.hold_current if @left == 0
    if @seed & 1 == 0
      @seed >>= 1
      return scheduler.release(DEVICE_A)
    end
    @seed = (@seed >> 1) ^ 0xD008
    scheduler.release(DEVICE_B)
  end
end

class DeviceTask
  def initialize
    @pending = nil
  end

  def run(scheduler, packet)
    if packet.nil?
      pending = @pending
      return scheduler.suspend_current if pending.nil?
      @pending = nil
      return scheduler.enqueue(pending)
    end
    @pending = packet
    scheduler.hold_current
  end
end

class WorkerTask
  def initialize(handler, letter)
    @handler = handler
    @letter = letter
  end

  def run(scheduler, packet)
    return scheduler.suspend_current if packet.nil?
    @handler = @handler == HANDLER_A ? HANDLER_B : HANDLER_A
    packet.id = @handler
    packet.a1 = 0
    i = 0
    while i < DATA_SIZE
      @letter += 1
      @letter = 1 if @letter > 26
      packet.a2[i] = @letter
      i += 1
    end
    scheduler.enqueue(packet)
  end
end

class HandlerTask
  def initialize
    @works = nil
    @devices = nil
  end

  def run(scheduler, packet)
    unless packet.nil?
      if packet.kind == KIND_WORK
        @works = packet.add_to(@works)
      else
        @devices = packet.add_to(@devices)
      end
    end
    work = @works
    unless work.nil?
      count = work.a1
      if count < DATA_SIZE
        device = @devices
        unless device.nil?
          @devices = device.link
          device.a1 = work.a2[count]
          work.a1 = count + 1
          return scheduler.enqueue(device)
        end
      else
        @works = work.link
        return scheduler.enqueue(work)
      end
    end
    scheduler.suspend_current
  end
end

def three(id, kind)
  first = Packet.new(nil, id, kind)
  second = Packet.new(first, id, kind)
  Packet.new(second, id, kind)
end

def counts_of_one_run
  scheduler = Scheduler.new
  scheduler.add_task(IDLE, 0, nil, IdleTask.new(1, COUNT), true)
  works = Packet.new(Packet.new(nil, WORKER, KIND_WORK), WORKER, KIND_WORK)
  scheduler.add_task(WORKER, 1000, works, WorkerTask.new(HANDLER_A, 0), false)
  scheduler.add_task(HANDLER_A, 2000, three(DEVICE_A, KIND_DEVICE), HandlerTask.new, false)
  scheduler.add_task(HANDLER_B, 3000, three(DEVICE_B, KIND_DEVICE), HandlerTask.new, false)
  scheduler.add_task(DEVICE_A, 4000, nil, DeviceTask.new, false)
  scheduler.add_task(DEVICE_B, 5000, nil, DeviceTask.new, false)
  scheduler.schedule
  scheduler.queue_count * 10000 + scheduler.hold_count
end

total = 0
ARGV[0].to_i.times { total += counts_of_one_run }
puts total
