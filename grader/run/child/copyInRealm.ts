import type { Context } from 'node:vm';
import { MessageChannel, moveMessagePortToContext, receiveMessageOnPort } from 'node:worker_threads';
import type { RealmData } from './control.ts';

/** A copy of plain data and shared memory, made of objects of the realm. */
export function copyInRealm(realm: Context, value: RealmData): RealmData {
  const { port1, port2 } = new MessageChannel();
  const receiver = moveMessagePortToContext(port2, realm);
  port1.postMessage(value);
  const { message } = receiveMessageOnPort(receiver) as { message: RealmData };
  port1.close();
  return message;
}
