// What the map and the slides say in words: whom the view changes, and where in the world most
// states have signed.
(() => {
  const { count, listing, percent_interval, points } = parley.format;
  const NAMED = 3; // of those that move most
  const GROUPS = {
    "Western European and others": "Western",
    "Latin American and Caribbean": "Latin American",
  }; // regional groups in short

  // What the view changes, of all whose choice it does not suppose: how many states are likelier to
  // sign, and how many less; empty where that is not known.
  function change_of(states, t) {
    const { change, moves, is_supposed, is_changed } = parley.as_it_was;
    if (!is_changed() || states.every((id) => change(id, t) === null)) return "";
    const free = states.filter((id) => !is_supposed(id)),
      other = free.length < states.length ? "other " : "",
      sign = t < -parley.record.first_round ? "decide to sign" : "sign";
    const moved = free.filter((id) => moves(id, t)),
      [up, down] = [1, -1].map((way) => moved.filter((id) => way * change(id, t) > 0));
    const of = (number) => `${count(number)} ${other}${number === 1 ? "state" : "states"}`,
      become = (number) => (number === 1 ? "becomes" : "become");
    if (!moved.length) return `No ${other}state becomes clearly likelier or less likely to ${sign}`;
    const [first, second] =
      up.length >= down.length
        ? [
            [up, "likelier"],
            [down, "less likely"],
          ]
        : [
            [down, "less likely"],
            [up, "likelier"],
          ];
    return (
      `${of(first[0].length)} ${become(first[0].length)} ${first[1]} to ` +
      `${sign}${mostly(first[0])}; ` +
      `${second[0].length ? `${count(second[0].length)} ${become(second[0].length)} ${second[1]}` : `none becomes ${second[1]}`}`
    );
  }

  // Who of a *kind* moves most, of all whose choice is not supposed; nobody where nobody clearly
  // does, and null where that is not known.
  function moved_most(kind, t) {
    const { change, moves, is_supposed } = parley.as_it_was,
      size = (id) => Math.abs(change(id, t));
    const told = parley.record.names.filter(
      (id) => parley.people[id]?.kind === kind && change(id, t) !== null,
    );
    return told.length
      ? told
          .filter((id) => !is_supposed(id) && moves(id, t))
          .sort((a, b) => size(b) - size(a))
          .slice(0, NAMED)
      : null;
  }

  // The same of states, each with its change; empty where nobody does.
  function most_moved(t) {
    const named = (moved_most("state", t) ?? []).map(
      (id) => `${parley.people[id].name} ${points(parley.as_it_was.change(id, t), 0)}`,
    );
    return named.length ? `; most of all ${listing(named)}` : "";
  }

  // What a slide of a *kind* adds to its number: who moves most, each with the shares without the
  // change and with it; empty where nobody does, or that is not known.
  function named(kind, t) {
    const moved = moved_most(kind, t),
      shares = (id) =>
        percent_interval(
          parley.as_it_was.share(id, t),
          parley.shares(id, t).signed,
          0,
          "\u00a0→\u00a0",
        );
    if (!moved) return "";
    return moved.length
      ? " that change most: " +
          `${moved.map((id, k) => `${parley.people[id].name} ${shares(id)}${k ? "" : " of worlds"}`).join(", ")}`
      : "";
  }

  // The regional group of more than half of several states.
  function mostly(states) {
    const number = {};
    for (const id of states)
      number[parley.people[id].regional_group] =
        (number[parley.people[id].regional_group] ?? 0) + 1;
    const [name, most] = Object.entries(number).sort((a, b) => b[1] - a[1])[0];
    return states.length > 2 && most > states.length / 2
      ? `, most of them ${GROUPS[name] ?? name}`
      : "";
  }

  // Where in the world that is most frequent, and where least: the regional groups by the mean
  // share of their states.
  function where_most(states, share_of) {
    const groups = {};
    for (const id of states) (groups[parley.people[id].regional_group] ??= []).push(share_of(id));
    const mean = (shares) => shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const ranked = Object.entries(groups)
      .map(([name, shares]) => ({ name: `${GROUPS[name] ?? name} states`, share: mean(shares) }))
      .sort((a, b) => b.share - a.share);
    const [most, least] = [ranked[0], ranked[ranked.length - 1]];
    return most.share - least.share < 0.05
      ? "alike all over the world"
      : `${most.name} most often, ${least.name} least often`;
  }

  parley.map_words = { change_of, most_moved, named, where_most };
})();
