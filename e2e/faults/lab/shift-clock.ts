/** Loaded before everything else of a process: its wall clock is wrong by CLOCK_SHIFT_MINUTES. Timers and the monotonic clock are not. */
const shift = Number(process.env.CLOCK_SHIFT_MINUTES) * 60_000;
const TrueDate = Date;
const now = () => TrueDate.now() + shift;

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args, subclass) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, subclass),
  apply: () => new TrueDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
