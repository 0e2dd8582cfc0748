// The Paris Call as it was, name by name: the record beside which a view that changes something is
// set on the map and in the table, and on the slides. It is asked for when one of these is shown,
// after the difference of the headlines, so that the chart waits for neither.
(() => {
  const { address, latest, or_null, on, dispatch } = parley.dom,
    { MOVED } = parley.format;
  const FACES = ["map", "table"];
  const is_wanted = () =>
    FACES.includes(parley.faces.shown()) || document.body.classList.contains("presenting");
  const records = latest();
  let record = null,
    places = new Map(),
    asked = null;

  // The difference of the headlines, where it is that of the view shown and there is something to
  // differ from.
  const beside = () => (parley.baseline?.query === parley.record?.query ? parley.baseline : null);
  // Whether the view shown changes something.
  const is_changed = () => !parley.beside_the_call.is_baseline(parley.view);

  // Whether the record is that beside the view shown.
  const is_here = () => Boolean(record) && record.query === beside()?.baseline;
  // Whether what it changes can be told name by name: a code of another day may have no round in
  // common, as is known once the record is here.
  const may_compare = () =>
    Boolean(parley.record) &&
    is_changed() &&
    (!is_here() || record.dates.some((date) => parley.record.dates.includes(date)));
  // Whether it can be told, or was of the view before, as a moved dial leaves the record where it
  // is.
  const is_at_hand = () => Boolean(record) && may_compare();

  async function ask() {
    const query = beside()?.baseline;
    if (query === undefined || !is_wanted()) return;
    if (query === asked) return void (record && dispatch("parley:as-it-was"));
    asked = query;
    record = null;
    const content = await or_null(records.ask(address("data/run", query)));
    if (asked !== query) return;
    if (!content) return void (asked = null);
    record = content;
    places = new Map(record.names.map((name, place) => [name, place]));
    dispatch("parley:as-it-was");
  }

  // The share of the worlds in which *id* had signed in the Paris Call as it was, at the round of
  // place *t* of the view; null where that is not known, or nothing is changed.
  function share(id, t = parley.round()) {
    if (!is_here() || !is_changed()) return null;
    const round = record.dates.indexOf(parley.record.dates[t]),
      place = places.get(id);
    return round < 0 || place === undefined ? null : record.signed[round][place] / record.worlds;
  }

  // By how much the view changes that share; null as above.
  function change(id, t = parley.round()) {
    const before = share(id, t),
      now = parley.shares(id, t);
    return before === null || !now ? null : now.signed - before;
  }
  const moves = (id, t) => Math.abs(change(id, t)) >= MOVED - 1e-9;

  // Whether the choice of *id* is what the view supposes.
  const is_supposed = (id) =>
    Object.values(beside()?.supposed ?? {}).some(({ who }) => who.includes(id));

  parley.as_it_was = { is_changed, may_compare, is_at_hand, share, change, moves, is_supposed };
  on("parley:baseline parley:face parley:record parley:present", ask);
})();
