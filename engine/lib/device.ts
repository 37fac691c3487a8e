/** Natives of Device: which handlers an object has, and making it appear and go. */
import { BUILTIN_CLASSES, CLASS_IO_EXCEPTION, SLOT_DEVICE_NAME } from '../bytecode/builtins.generated';
import {
  IMG_CLASS_OPS,
  IMG_IOCTL_BYTES,
  IMG_IOCTL_CLASS,
  IMG_IOCTL_COMMAND,
  IMG_IOCTL_METHOD,
  IMG_OPS_BYTES,
  IMG_OPS_FLAGS,
  IMG_OPS_HANDLERS,
  IMG_OPS_IOCTL,
  IMG_OPS_READ,
  IMG_SEC_CLASSES,
  IMG_SEC_COUNT,
  IMG_SEC_IOCTLS,
  IMG_W_DEFAULT_DEVICE,
  IMG_W_DEVICE_MODE,
} from '../bytecode/image';
import { holder, imageAt } from '../bytecode/images';
import { classImage, classSuper } from '../vm/classes';
import { device_register, device_unregister } from '../vm/env';
import { throwOutOfMemory } from '../vm/exceptions';
import { holdForHost, letGoForHost } from '../vm/holds';
import { image } from '../vm/link';
import { OBJ_FLAGS, STR_DATA, classOf, getReference, setReferenceField } from '../vm/object';
import { throwMessage } from './message';
import { answerNothing, reference } from './native';
import { bytesOf } from './string';

const ENOENT: i32 = 2;
const ENOMEM: i32 = 12;
const EBUSY: i32 = 16;
const EEXIST: i32 = 17;
/** Flag in a device object's header: the host holds it. */
const FLAG_REGISTERED: u32 = 0x80;
const MAX_NAME: i32 = 31;

/** The operations record that the host is shown; filled and used within one native. */
const operations: usize = memory.data(32);

function setRegistered(device: usize, registered: bool): void {
  const flags = <u32>load<u8>(device, OBJ_FLAGS);
  store<u8>(device, <u8>(registered ? flags | FLAG_REGISTERED : flags & ~FLAG_REGISTERED), OBJ_FLAGS);
}

function isRegistered(device: usize): bool {
  return ((<u32>load<u8>(device, OBJ_FLAGS)) & FLAG_REGISTERED) != 0;
}

/** 1 to 31 letters, digits, - and _, a letter first: nothing that a path or a uevent could trip over. */
function isDeviceName(at: usize, bytes: i32): bool {
  if (bytes < 1 || bytes > MAX_NAME) return false;
  for (let i = 0; i < bytes; i++) {
    const c = <u32>load<u8>(at + <usize>i);
    const letter = (c | 32) - 97 < 26;
    if (!letter && (i == 0 || (c - 48 >= 10 && c != 45 && c != 95))) return false;
  }
  return true;
}

/** Takes over what `record` defines and `operations` does not yet have. */
function inherit(record: usize): void {
  for (let i = 0; i < IMG_OPS_HANDLERS; i++) {
    const at = operations + ((<usize>i) << 2);
    if (load<u32>(at) != 0) continue;
    store<u32>(at, load<u32>(record + ((<usize>i) << 2)));
    // How `read` is called is a matter of the class that defines it.
    if (i << 2 == IMG_OPS_READ && load<u32>(at) != 0)
      store<u32>(operations, load<u32>(record, IMG_OPS_FLAGS), IMG_OPS_FLAGS);
  }
  store<u32>(operations, load<u32>(operations, IMG_OPS_IOCTL) | load<u32>(record, IMG_OPS_IOCTL), IMG_OPS_IOCTL);
}

/** Gathers an object's handlers, each from the nearest class that has it; methods added to Device itself come last. */
function gatherOperations(device: usize): void {
  memory.fill(operations, 0, <usize>IMG_OPS_BYTES);
  for (let cls = classOf(device); cls >= 0; cls = classSuper(cls)) {
    const own = classImage(cls);
    if (own) inherit(own + <usize>IMG_CLASS_OPS);
  }
  const added = <usize>load<u32>(image, IMG_W_DEFAULT_DEVICE);
  if (added) inherit(image + added);
}

export function deviceNew(window: usize): i32 {
  setReferenceField(reference(window, 0), SLOT_DEVICE_NAME, reference(window, 1));
  return answerNothing(window);
}

function throwNamed(act: usize, message: string, a: i64, at: usize, bytes: i32): i32 {
  return throwMessage(act, CLASS_IO_EXCEPTION, message, a, 0, at, bytes);
}

export function deviceRegister(act: usize, window: usize): i32 {
  const device = reference(window, 0);
  // A class whose constructor does not call Device's leaves the name null: the kernel chooses.
  const name = getReference(device, SLOT_DEVICE_NAME);
  const at = name ? name + STR_DATA : 0;
  const bytes = name ? bytesOf(name) : 0;
  if (bytes != 0 && !isDeviceName(at, bytes)) {
    return throwNamed(
      act,
      'device name "{s}" is not valid: at most {a} letters, digits, - and _, a letter first',
      <i64>MAX_NAME,
      at,
      bytes,
    );
  }
  if (isRegistered(device)) return throwNamed(act, 'device {s} is registered already', 0, at, bytes);
  gatherOperations(device);
  if (!holdForHost(device)) return throwOutOfMemory(act);
  const result = device_register(act, device, operations, at, bytes, load<i32>(image, IMG_W_DEVICE_MODE));
  if (result == 0) {
    setRegistered(device, true);
    return answerNothing(window);
  }
  letGoForHost(device);
  if (result == -EEXIST) return throwNamed(act, 'device name {s} is taken', 0, at, bytes);
  if (result == -EBUSY)
    return throwNamed(
      act,
      'device {s} comes too late: devices are registered while their script is loaded',
      0,
      at,
      bytes,
    );
  if (result == -ENOMEM) return throwOutOfMemory(act);
  return throwNamed(act, 'registering device {s} failed, errno {a}', -(<i64>result), at, bytes);
}

/** Number of the method with which the device answers a command; 0: none does. */
export function ioctlMethod(device: usize, command: u32): i32 {
  const cls = classOf(device);
  // All commands of a class stand in the image of that class.
  const image = cls < BUILTIN_CLASSES ? imageAt(0) : holder(IMG_SEC_CLASSES, <u32>(cls - BUILTIN_CLASSES));
  let at = image + <usize>load<u32>(image, IMG_SEC_IOCTLS);
  for (let left = load<u32>(image, IMG_SEC_IOCTLS + IMG_SEC_COUNT); left != 0; left--) {
    if (load<u32>(at, IMG_IOCTL_COMMAND) == command && load<i32>(at, IMG_IOCTL_CLASS) == cls)
      return load<i32>(at, IMG_IOCTL_METHOD) + 1;
    at += IMG_IOCTL_BYTES;
  }
  return 0;
}

/** The host drops the object (`device_drop`) once nobody has the device open. */
export function deviceUnregister(act: usize, window: usize): i32 {
  const device = reference(window, 0);
  const name = getReference(device, SLOT_DEVICE_NAME);
  const at = name ? name + STR_DATA : 0;
  const bytes = name ? bytesOf(name) : 0;
  const result = isRegistered(device) ? device_unregister(act, device) : -ENOENT;
  if (result == -ENOENT) return throwNamed(act, 'device {s} is not registered', 0, at, bytes);
  if (result != 0) return throwNamed(act, 'taking device {s} away failed, errno {a}', -(<i64>result), at, bytes);
  setRegistered(device, false);
  return answerNothing(window);
}
