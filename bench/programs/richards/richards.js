const IDLE = 0;
const WORKER = 1;
const HANDLER_A = 2;
const HANDLER_B = 3;
const DEVICE_A = 4;
const DEVICE_B = 5;

const DATA_SIZE = 4;
const COUNT = 1000;

const KIND_DEVICE = 0;
const KIND_WORK = 1;

const STATE_RUNNING = 0;
const STATE_RUNNABLE = 1;
const STATE_SUSPENDED = 2;
const STATE_HELD = 4;

class Packet {
  constructor(link, id, kind) {
    this.link = link;
    this.id = id;
    this.kind = kind;
    this.a1 = 0;
    this.a2 = new Array(DATA_SIZE).fill(0);
  }

  addTo(queue) {
    this.link = null;
    if (queue === null) return this;
    let last = queue;
    let next = last.link;
    while (next !== null) {
      last = next;
      next = last.link;
    }
    last.link = this;
    return queue;
  }
}

class TaskControlBlock {
  constructor(link, id, priority, queue, work) {
    this.link = link;
    this.id = id;
    this.priority = priority;
    this.queue = queue;
    this.work = work;
    this.state = queue === null ? STATE_SUSPENDED : STATE_SUSPENDED | STATE_RUNNABLE;
  }

  setRunning() {
    this.state = STATE_RUNNING;
  }

  markAsNotHeld() {
    this.state &= ~STATE_HELD;
  }

  markAsHeld() {
    this.state |= STATE_HELD;
  }

  markAsSuspended() {
    this.state |= STATE_SUSPENDED;
  }

  markAsRunnable() {
    this.state |= STATE_RUNNABLE;
  }

  isHeldOrSuspended() {
    return (this.state & STATE_HELD) !== 0 || this.state === STATE_SUSPENDED;
  }

  run(scheduler) {
    let packet = null;
    if (this.state === (STATE_SUSPENDED | STATE_RUNNABLE)) {
      packet = this.queue;
      this.queue = packet.link;
      this.state = this.queue === null ? STATE_RUNNING : STATE_RUNNABLE;
    }
    return this.work.run(scheduler, packet);
  }

  checkPriorityAdd(task, packet) {
    if (this.queue === null) {
      this.queue = packet;
      this.markAsRunnable();
      if (this.priority > task.priority) return this;
    } else {
      this.queue = packet.addTo(this.queue);
    }
    return task;
  }
}

class Scheduler {
  constructor() {
    this.queueCount = 0;
    this.holdCount = 0;
    this.blocks = new Array(6).fill(null);
    this.list = null;
    this.current = null;
    this.currentId = 0;
  }

  addTask(id, priority, queue, work, running) {
    const block = new TaskControlBlock(this.list, id, priority, queue, work);
    this.current = block;
    this.list = block;
    this.blocks[id] = block;
    if (running) block.setRunning();
  }

  schedule() {
    this.current = this.list;
    while (this.current !== null) {
      if (this.current.isHeldOrSuspended()) {
        this.current = this.current.link;
      } else {
        this.currentId = this.current.id;
        this.current = this.current.run(this);
      }
    }
  }

  release(id) {
    const task = this.blocks[id];
    if (task === null) return null;
    task.markAsNotHeld();
    return task.priority > this.current.priority ? task : this.current;
  }

  holdCurrent() {
    this.holdCount++;
    this.current.markAsHeld();
    return this.current.link;
  }

  suspendCurrent() {
    this.current.markAsSuspended();
    return this.current;
  }

  enqueue(packet) {
    const task = this.blocks[packet.id];
    if (task === null) return null;
    this.queueCount++;
    packet.link = null;
    packet.id = this.currentId;
    return task.checkPriorityAdd(this.current, packet);
  }
}

class IdleTask {
  constructor(seed, left) {
    this.seed = seed;
    this.left = left;
  }

  run(scheduler) {
    this.left--;
    if (this.left === 0) return scheduler.holdCurrent();
    if ((this.seed & 1) === 0) {
      this.seed >>= 1;
      return scheduler.release(DEVICE_A);
    }
    this.seed = (this.seed >> 1) ^ 0xd008;
    return scheduler.release(DEVICE_B);
  }
}

class DeviceTask {
  constructor() {
    this.pending = null;
  }

  run(scheduler, packet) {
    if (packet === null) {
      const pending = this.pending;
      if (pending === null) return scheduler.suspendCurrent();
      this.pending = null;
      return scheduler.enqueue(pending);
    }
    this.pending = packet;
    return scheduler.holdCurrent();
  }
}

class WorkerTask {
  constructor(handler, letter) {
    this.handler = handler;
    this.letter = letter;
  }

  run(scheduler, packet) {
    if (packet === null) return scheduler.suspendCurrent();
    this.handler = this.handler === HANDLER_A ? HANDLER_B : HANDLER_A;
    packet.id = this.handler;
    packet.a1 = 0;
    for (let i = 0; i < DATA_SIZE; i++) {
      this.letter++;
      if (this.letter > 26) this.letter = 1;
      packet.a2[i] = this.letter;
    }
    return scheduler.enqueue(packet);
  }
}

class HandlerTask {
  constructor() {
    this.works = null;
    this.devices = null;
  }

  run(scheduler, packet) {
    if (packet !== null) {
      if (packet.kind === KIND_WORK) this.works = packet.addTo(this.works);
      else this.devices = packet.addTo(this.devices);
    }
    const work = this.works;
    if (work !== null) {
      const count = work.a1;
      if (count < DATA_SIZE) {
        const device = this.devices;
        if (device !== null) {
          this.devices = device.link;
          device.a1 = work.a2[count];
          work.a1 = count + 1;
          return scheduler.enqueue(device);
        }
      } else {
        this.works = work.link;
        return scheduler.enqueue(work);
      }
    }
    return scheduler.suspendCurrent();
  }
}

function three(id, kind) {
  const first = new Packet(null, id, kind);
  const second = new Packet(first, id, kind);
  return new Packet(second, id, kind);
}

function countsOfOneRun() {
  const scheduler = new Scheduler();
  scheduler.addTask(IDLE, 0, null, new IdleTask(1, COUNT), true);
  const works = new Packet(new Packet(null, WORKER, KIND_WORK), WORKER, KIND_WORK);
  scheduler.addTask(WORKER, 1000, works, new WorkerTask(HANDLER_A, 0), false);
  scheduler.addTask(HANDLER_A, 2000, three(DEVICE_A, KIND_DEVICE), new HandlerTask(), false);
  scheduler.addTask(HANDLER_B, 3000, three(DEVICE_B, KIND_DEVICE), new HandlerTask(), false);
  scheduler.addTask(DEVICE_A, 4000, null, new DeviceTask(), false);
  scheduler.addTask(DEVICE_B, 5000, null, new DeviceTask(), false);
  scheduler.schedule();
  return scheduler.queueCount * 10000 + scheduler.holdCount;
}

const rounds = Number(process.argv[2]);
let total = 0;
for (let round = 0; round < rounds; round++) total += countsOfOneRun();
console.log(total);
