/** @file Shorthands in the TeX of the whole book, wherever it is set. Sets nothing. */

/** Short hands for the whole book; the names are the field's. */
export const macros = {
  "\\R": "\\mathbb{R}",
  "\\E": "\\mathbb{E}",
  "\\argmax": "\\operatorname*{arg\\,max}",
  "\\argmin": "\\operatorname*{arg\\,min}",
  "\\softmax": "\\operatorname{softmax}",
  "\\sign": "\\operatorname{sign}",
  "\\diag": "\\operatorname{diag}",
}
