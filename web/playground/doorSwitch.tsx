import { use, useSyncExternalStore } from 'react';
import type { DoorName } from './doors.ts';
import { useServices } from './services.ts';

const LABELS: Readonly<Record<DoorName, string>> = { federated: 'Federated', appsync: 'AppSync' };

/** Which door operations go through; nothing where there is but one. */
export function DoorSwitch() {
  const { doors } = useServices();
  const current = useSyncExternalStore(doors.subscribe, doors.current);
  const open = use(doors.open);
  if (open.length < 2) return null;
  return (
    <label className="playground-doors">
      Door
      <select value={current} onChange={({ target }) => doors.choose(target.value as DoorName)}>
        {open.map((door) => (
          <option key={door} value={door}>
            {LABELS[door]}
          </option>
        ))}
      </select>
    </label>
  );
}
