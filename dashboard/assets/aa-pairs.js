// What one view changes of another, in words that are the same on every page: the ends of 90 % of the pairs of worlds with the
// same luck. Where so few worlds cannot tell more from fewer, that it may be luck.
(() => {
  const {KIND, KINDS, change_in_words} = parley.format;
  const UNTOLD = "may be luck";

  // A *change* of the server: its words, whether it is none, and whether its sign is told.
  function said({low_90, high_90, sign}, unit = "") {
    const words = change_in_words(low_90, high_90, unit), is_same = words.startsWith("as ");
    return is_same || sign ? {words, is_same, is_told: !is_same} : {words: UNTOLD, is_same, is_told: false};
  }

  // A title within a sentence: names such as NGOs keep their capitals. A kind there, after the *words* of a change.
  const in_sentence = title => title.replace(/^[A-Z](?=[a-z])/, letter => letter.toLowerCase());
  const words_of = (kind, words = "") => /^(up to )?1 \w+$/.test(words) ? KIND[kind] : in_sentence(KINDS[kind]);

  parley.pairs = {said, in_sentence, words_of};
})();
