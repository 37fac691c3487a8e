local IDLE = 0
local WORKER = 1
local HANDLER_A = 2
local HANDLER_B = 3
local DEVICE_A = 4
local DEVICE_B = 5

local DATA_SIZE = 4
local COUNT = 1000

local KIND_DEVICE = 0
local KIND_WORK = 1

-- LuaJIT and Lua 5.4 write operators on bits in different ways, so a task's state is three booleans: held, suspended,
-- runnable.

local Packet = {}
Packet.__index = Packet

function Packet.new(link, id, kind)
  local data = {}
  for i = 1, DATA_SIZE do data[i] = 0 end
  return setmetatable({ link = link, id = id, kind = kind, a1 = 0, a2 = data }, Packet)
end

function Packet:add_to(queue)
  self.link = nil
  if queue == nil then return self end
  local last = queue
  local next = last.link
  while next ~= nil do
    last = next
    next = last.link
  end
  last.link = self
  return queue
end

local TaskControlBlock = {}
TaskControlBlock.__index = TaskControlBlock

function TaskControlBlock.new(link, id, priority, queue, work)
  local block = { link = link, id = id, priority = priority, queue = queue, work = work }
  block.held = false
  block.suspended = true
  block.runnable = queue ~= nil
  return setmetatable(block, TaskControlBlock)
end

function TaskControlBlock:set_running()
  self.held = false
  self.suspended = false
  self.runnable = false
end

function TaskControlBlock:mark_as_not_held() self.held = false end
function TaskControlBlock:mark_as_held() self.held = true end
function TaskControlBlock:mark_as_suspended() self.suspended = true end
function TaskControlBlock:mark_as_runnable() self.runnable = true end

function TaskControlBlock:is_held_or_suspended()
  return self.held or (self.suspended and not self.runnable)
end

function TaskControlBlock:run(scheduler)
  local packet = nil
  if self.suspended and self.runnable and not self.held then
    packet = self.queue
    self.queue = packet.link
    self.suspended = false
    self.runnable = self.queue ~= nil
  end
  return self.work:run(scheduler, packet)
end

function TaskControlBlock:check_priority_add(task, packet)
  if self.queue == nil then
    self.queue = packet
    self:mark_as_runnable()
    if self.priority > task.priority then return self end
  else
    self.queue = packet:add_to(self.queue)
  end
  return task
end

local Scheduler = {}
Scheduler.__index = Scheduler

function Scheduler.new()
  local scheduler = { queue_count = 0, hold_count = 0, blocks = {}, list = nil, current = nil, current_id = 0 }
  return setmetatable(scheduler, Scheduler)
end

function Scheduler:add_task(id, priority, queue, work, running)
  local block = TaskControlBlock.new(self.list, id, priority, queue, work)
  self.current = block
  self.list = block
  self.blocks[id] = block
  if running then block:set_running() end
end

function Scheduler:schedule()
  self.current = self.list
  while self.current ~= nil do
    if self.current:is_held_or_suspended() then
      self.current = self.current.link
    else
      self.current_id = self.current.id
      self.current = self.current:run(self)
    end
  end
end

function Scheduler:release(id)
  local task = self.blocks[id]
  if task == nil then return nil end
  task:mark_as_not_held()
  return task.priority > self.current.priority and task or self.current
end

function Scheduler:hold_current()
  self.hold_count = self.hold_count + 1
  self.current:mark_as_held()
  return self.current.link
end

function Scheduler:suspend_current()
  self.current:mark_as_suspended()
  return self.current
end

function Scheduler:enqueue(packet)
  local task = self.blocks[packet.id]
  if task == nil then return nil end
  self.queue_count = self.queue_count + 1
  packet.link = nil
  packet.id = self.current_id
  return task:check_priority_add(self.current, packet)
end

-- The two write this in different ways.
local xor = _VERSION == "Lua 5.1" and require("bit").bxor or load("return function(a, b) return a ~ b end")()

local IdleTask = {}
IdleTask.__index = IdleTask

function IdleTask.new(seed, left)
  return setmetatable({ seed = seed, left = left }, IdleTask)
end

function IdleTask:run(scheduler, _)
  self.left = self.left - 1
  if self.left == 0 then return scheduler:hold_current() end
  if self.seed % 2 == 0 then
    self.seed = self.seed / 2
    return scheduler:release(DEVICE_A)
  end
  self.seed = xor((self.seed - 1) / 2, 0xD008)
  return scheduler:release(DEVICE_B)
end

local DeviceTask = {}
DeviceTask.__index = DeviceTask

function DeviceTask.new()
  return setmetatable({ pending = nil }, DeviceTask)
end

function DeviceTask:run(scheduler, packet)
  if packet == nil then
    local pending = self.pending
    if pending == nil then return scheduler:suspend_current() end
    self.pending = nil
    return scheduler:enqueue(pending)
  end
  self.pending = packet
  return scheduler:hold_current()
end

local WorkerTask = {}
WorkerTask.__index = WorkerTask

function WorkerTask.new(handler, letter)
  return setmetatable({ handler = handler, letter = letter }, WorkerTask)
end

function WorkerTask:run(scheduler, packet)
  if packet == nil then return scheduler:suspend_current() end
  self.handler = self.handler == HANDLER_A and HANDLER_B or HANDLER_A
  packet.id = self.handler
  packet.a1 = 0
  for i = 1, DATA_SIZE do
    self.letter = self.letter + 1
    if self.letter > 26 then self.letter = 1 end
    packet.a2[i] = self.letter
  end
  return scheduler:enqueue(packet)
end

local HandlerTask = {}
HandlerTask.__index = HandlerTask

function HandlerTask.new()
  return setmetatable({ works = nil, devices = nil }, HandlerTask)
end

function HandlerTask:run(scheduler, packet)
  if packet ~= nil then
    if packet.kind == KIND_WORK then
      self.works = packet:add_to(self.works)
    else
      self.devices = packet:add_to(self.devices)
    end
  end
  local work = self.works
  if work ~= nil then
    local count = work.a1
    if count < DATA_SIZE then
      local device = self.devices
      if device ~= nil then
        self.devices = device.link
        device.a1 = work.a2[count + 1]
        work.a1 = count + 1
        return scheduler:enqueue(device)
      end
    else
      self.works = work.link
      return scheduler:enqueue(work)
    end
  end
  return scheduler:suspend_current()
end

local function three(id, kind)
  local first = Packet.new(nil, id, kind)
  local second = Packet.new(first, id, kind)
  return Packet.new(second, id, kind)
end

local function counts_of_one_run()
  local scheduler = Scheduler.new()
  scheduler:add_task(IDLE, 0, nil, IdleTask.new(1, COUNT), true)
  local works = Packet.new(Packet.new(nil, WORKER, KIND_WORK), WORKER, KIND_WORK)
  scheduler:add_task(WORKER, 1000, works, WorkerTask.new(HANDLER_A, 0), false)
  scheduler:add_task(HANDLER_A, 2000, three(DEVICE_A, KIND_DEVICE), HandlerTask.new(), false)
  scheduler:add_task(HANDLER_B, 3000, three(DEVICE_B, KIND_DEVICE), HandlerTask.new(), false)
  scheduler:add_task(DEVICE_A, 4000, nil, DeviceTask.new(), false)
  scheduler:add_task(DEVICE_B, 5000, nil, DeviceTask.new(), false)
  scheduler:schedule()
  return scheduler.queue_count * 10000 + scheduler.hold_count
end

local total = 0
for _ = 1, tonumber(arg[1]) do total = total + counts_of_one_run() end
print(string.format("%d", total))
