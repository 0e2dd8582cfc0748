// What one view changes of another, in words that are the same on every page: the median over pairs
// of worlds with the same luck, and the ends of 90 % of them. Where so few worlds cannot tell more
// from fewer, that it may be luck.
(() => {
  const { KIND, KINDS, change_in_words } = parley.format;
  const UNTOLD = "may be luck",
    UNCLEAR = "no clear change";

  // A *change* of the server: its words, whether it is none, and whether its sign is told.
  function said({ low_90, high_90, sign }, unit = "") {
    const words = change_in_words(low_90, high_90, unit),
      is_same = words.startsWith("as ");
    return is_same || sign
      ? { words, is_same, is_told: !is_same }
      : { words: UNTOLD, is_same, is_told: false };
  }

  // A difference in words: its median, as "12 more"; the ends of 90 % of the pairs, as "5 to 19",
  // in full where they lie on either side, and empty where they say no more.
  function of_median({ median, low_90, high_90, sign }, unit = "") {
    const { is_same, is_told, words: untold } = said({ low_90, high_90, sign }, unit);
    if (!is_told) return { words: untold, ends: "", is_same, is_told };
    const words = change_in_words(median, median, unit),
      side = ` ${words.split(" ").pop()}`;
    const both = change_in_words(low_90, high_90, unit),
      begins = both.startsWith("up to ") ? both.replace("up to ", "0 to ") : both;
    const is_on_a_side = low_90 * high_90 >= 0 && both.endsWith(side);
    return {
      words,
      ends: both === words ? "" : is_on_a_side ? begins.slice(0, -side.length) : both,
      is_same,
      is_told,
    };
  }

  // The same where pairs that hold more and fewer tell no change either, as so few worlds do not.
  function clear_or_not(change, unit = "") {
    const told = of_median(change, unit),
      ends = change_in_words(change.low_90, change.high_90, unit),
      crosses = / (fewer|less) to /.test(ends);
    return told.is_same || (told.is_told && !crosses)
      ? told
      : { words: UNCLEAR, ends, is_same: false, is_told: false };
  }

  // Ends that begin at none, as "0 to 9", and with their side where that is fewer.
  const from_none = (ends) => ends.replace(/^up to (.*?)( more)?$/, "0 to $1");

  // A title within a sentence: names such as NGOs keep their capitals. A kind there, after the
  // *words* of a change.
  const in_sentence = (title) => title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  const words_of = (kind, words = "") =>
    /^(up to )?1 \w+$/.test(words) ? KIND[kind] : in_sentence(KINDS[kind]);

  parley.pairs = { said, of_median, clear_or_not, from_none, in_sentence, words_of, UNCLEAR };
})();
