// What one view changes of another, in words that are the same on every page: the median over pairs
// of worlds with the same luck, and the ends of 90 % of them. Where so few worlds cannot tell more
// from fewer, that it may be luck.
(() => {
  const { KIND, KINDS, change_range, range_in_words, side_in_words } = parley.format;
  const UNCLEAR = "no clear change";

  // A *change* of the server, its median beside the ends of 90 % of the pairs, as values: whether
  // it is none in these (`is_same`); whether its sign is told (`is_told`), which it is not where
  // pairs hold more and fewer or so few worlds cannot tell; neither (`is_unclear`); whether its
  // median is none (`is_level`); the ranges `middle` (null where it is not told) and `spread`. In
  // words: `words` has the median, as "12 more"; `ends` has the spread, as "5 to 19", empty where
  // it says no more. The spread has its side in words unless the median has it (`shares_side`).
  function clear_or_not({ median, low_90, high_90, sign }, unit = "") {
    const spread = change_range(low_90, high_90, unit),
      is_same = spread?.direction === "same",
      is_told = !is_same && Boolean(sign) && spread?.direction !== "either",
      is_unclear = !is_told && !is_same;
    if (!is_told)
      return {
        words: is_same ? side_in_words(spread) : UNCLEAR,
        ends: is_same ? "" : range_in_words(spread),
        is_same,
        is_told,
        is_unclear,
        is_level: is_same,
        middle: null,
        spread,
        shares_side: false,
      };
    const middle = change_range(median, median, unit),
      is_one_way = spread.direction === middle.direction,
      shares_side = is_one_way && low_90 * high_90 >= 0;
    const is_alike = is_one_way && spread.least === middle.least && spread.most === middle.most;
    return {
      words: range_in_words(middle),
      ends: is_alike ? "" : range_in_words(spread, { from_none: shares_side, side: !shares_side }),
      is_same,
      is_told,
      is_unclear,
      is_level: middle.direction === "same",
      middle,
      spread,
      shares_side,
    };
  }

  // The spread of such a change, or else its words: from none where it begins there, as "0 to 9",
  // and with its side where that is fewer.
  function from_none({ words, ends, spread, shares_side }) {
    if (!ends) return words;
    const is_more = spread.direction === "more" && spread.near < spread.far && spread.near === 0;
    return range_in_words(spread, { from_none: true, side: !shares_side && !is_more });
  }

  // The spread with its side, where no median before it has that.
  const with_side = ({ spread, shares_side }) => range_in_words(spread, { from_none: shares_side });

  // A title within a sentence: names such as NGOs keep their capitals. A kind there, of one where
  // that is what a *range* holds.
  const in_sentence = (title) => title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  const words_of = (kind, range) => (range?.is_one ? KIND[kind] : in_sentence(KINDS[kind]));

  parley.pairs = { clear_or_not, from_none, with_side, in_sentence, words_of, UNCLEAR };
})();
