import sys

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


class Packet:
    def __init__(self, link, id, kind):
        self.link = link
        self.id = id
        self.kind = kind
        self.a1 = 0
        self.a2 = [0] * DATA_SIZE

    def add_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        following = last.link
        while following is not None:
            last = following
            following = last.link
        last.link = self
        return queue


class TaskControlBlock:
    def __init__(self, link, id, priority, queue, work):
        self.link = link
        self.id = id
        self.priority = priority
        self.queue = queue
        self.work = work
        self.state = STATE_SUSPENDED if queue is None else STATE_SUSPENDED | STATE_RUNNABLE

    def set_running(self):
        self.state = STATE_RUNNING

    def mark_as_not_held(self):
        self.state &= ~STATE_HELD

    def mark_as_held(self):
        self.state |= STATE_HELD

    def mark_as_suspended(self):
        self.state |= STATE_SUSPENDED

    def mark_as_runnable(self):
        self.state |= STATE_RUNNABLE

    def is_held_or_suspended(self):
        return (self.state & STATE_HELD) != 0 or self.state == STATE_SUSPENDED

    def run(self, scheduler):
        packet = None
        if self.state == STATE_SUSPENDED | STATE_RUNNABLE:
            packet = self.queue
            self.queue = packet.link
            self.state = STATE_RUNNING if self.queue is None else STATE_RUNNABLE
        return self.work.run(scheduler, packet)

    def check_priority_add(self, task, packet):
        if self.queue is None:
            self.queue = packet
            self.mark_as_runnable()
            if self.priority > task.priority:
                return self
        else:
            self.queue = packet.add_to(self.queue)
        return task


class Scheduler:
    def __init__(self):
        self.queue_count = 0
        self.hold_count = 0
        self.blocks = [None] * 6
        self.list = None
        self.current = None
        self.current_id = 0

    def add_task(self, id, priority, queue, work, running):
        block = TaskControlBlock(self.list, id, priority, queue, work)
        self.current = block
        self.list = block
        self.blocks[id] = block
        if running:
            block.set_running()

    def schedule(self):
        self.current = self.list
        while self.current is not None:
            if self.current.is_held_or_suspended():
                self.current = self.current.link
            else:
                self.current_id = self.current.id
                self.current = self.current.run(self)

    def release(self, id):
        task = self.blocks[id]
        if task is None:
            return None
        task.mark_as_not_held()
        return task if task.priority > self.current.priority else self.current

    def hold_current(self):
        self.hold_count += 1
        self.current.mark_as_held()
        return self.current.link

    def suspend_current(self):
        self.current.mark_as_suspended()
        return self.current

    def enqueue(self, packet):
        task = self.blocks[packet.id]
        if task is None:
            return None
        self.queue_count += 1
        packet.link = None
        packet.id = self.current_id
        return task.check_priority_add(self.current, packet)


class IdleTask:
    def __init__(self, seed, left):
        self.seed = seed
        self.left = left

    def run(self, scheduler, packet):
        self.left -= 1
        if self.left == 0:
            return scheduler.hold_current()
        if self.seed & 1 == 0:
            self.seed >>= 1
            return scheduler.release(DEVICE_A)
        self.seed = (self.seed >> 1) ^ 0xD008
        return scheduler.release(DEVICE_B)


class DeviceTask:
    def __init__(self):
        self.pending = None

    def run(self, scheduler, packet):
        if packet is None:
            pending = self.pending
            if pending is None:
                return scheduler.suspend_current()
            self.pending = None
            return scheduler.enqueue(pending)
        self.pending = packet
        return scheduler.hold_current()


class WorkerTask:
    def __init__(self, handler, letter):
        self.handler = handler
        self.letter = letter

    def run(self, scheduler, packet):
        if packet is None:
            return scheduler.suspend_current()
        self.handler = HANDLER_B if self.handler == HANDLER_A else HANDLER_A
        packet.id = self.handler
        packet.a1 = 0
        for i in range(DATA_SIZE):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.a2[i] = self.letter
        return scheduler.enqueue(packet)


class HandlerTask:
    def __init__(self):
        self.works = None
        self.devices = None

    def run(self, scheduler, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.works = packet.add_to(self.works)
            else:
                self.devices = packet.add_to(self.devices)
        work = self.works
        if work is not None:
            count = work.a1
            if count < DATA_SIZE:
                device = self.devices
                if device is not None:
                    self.devices = device.link
                    device.a1 = work.a2[count]
                    work.a1 = count + 1
                    return scheduler.enqueue(device)
            else:
                self.works = work.link
                return scheduler.enqueue(work)
        return scheduler.suspend_current()


def three(id, kind):
    first = Packet(None, id, kind)
    second = Packet(first, id, kind)
    return Packet(second, id, kind)


def counts_of_one_run():
    scheduler = Scheduler()
    scheduler.add_task(IDLE, 0, None, IdleTask(1, COUNT), True)
    works = Packet(Packet(None, WORKER, KIND_WORK), WORKER, KIND_WORK)
    scheduler.add_task(WORKER, 1000, works, WorkerTask(HANDLER_A, 0), False)
    scheduler.add_task(HANDLER_A, 2000, three(DEVICE_A, KIND_DEVICE), HandlerTask(), False)
    scheduler.add_task(HANDLER_B, 3000, three(DEVICE_B, KIND_DEVICE), HandlerTask(), False)
    scheduler.add_task(DEVICE_A, 4000, None, DeviceTask(), False)
    scheduler.add_task(DEVICE_B, 5000, None, DeviceTask(), False)
    scheduler.schedule()
    return scheduler.queue_count * 10000 + scheduler.hold_count


print(sum(counts_of_one_run() for _ in range(int(sys.argv[1]))))
