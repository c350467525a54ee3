import { existsSync } from 'node:fs';
import Libsql from 'libsql';

/** The number of finished gradings that a gradebook has; 0 while there is none. */
export function gradingsIn(path: string): number {
  if (!existsSync(path)) return 0;
  const file = new Libsql(path);
  try {
    file.exec('pragma busy_timeout = 10000');
    const { made } = file.prepare("select count(*) as made from sqlite_master where name = 'gradings'").get() as {
      made: number;
    };
    if (made === 0) return 0;
    return (file.prepare('select count(*) as done from gradings').get() as { done: number }).done;
  } finally {
    file.close();
  }
}
