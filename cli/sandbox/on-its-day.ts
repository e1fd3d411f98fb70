/** A shift as the sample company has it written down, and perhaps more keys. */
export interface WrittenShift {
  /** In days from today: -1 is yesterday. */
  readonly date: number;
  /** Hours and minutes of that day, UTC. */
  readonly time_in?: string;
  readonly time_out?: string;
}

const dayMs = 86_400_000;

/** The shift as the simulator takes it. A sample with fixed days would be out of every window soon. */
export function onItsDay(shift: WrittenShift, today: Date): object {
  const date = new Date(today.getTime() + shift.date * dayMs).toISOString().slice(0, 10);
  const { time_in, time_out } = shift;
  return {
    ...shift,
    date,
    ...(time_in !== undefined && { time_in: `${date}T${time_in}:00Z` }),
    ...(time_out !== undefined && { time_out: `${date}T${time_out}:00Z` }),
  };
}
