"""The record of evidence for readers: sentences, figures, and the page docs/evidence.md."""
