/** @file Answers to `unit-that-remembers`, which prints 0 0, 1 1, 2 1, 3 0, 4 0. */
import type { Corpus } from "./corpus.ts"

export default {
  right: {
    "line by line": "0 0\n1 1\n2 1\n3 0\n4 0",
    "in one line": "0 0 1 1 2 1 3 0 4 0",
    "lines of Windows": "0 0\r\n1 1\r\n2 1\r\n3 0\r\n4 0\r\n",
    "with commas": "0, 0\n1, 1\n2, 1\n3, 0\n4, 0",
    "with colons": "0: 0\n1: 1\n2: 1\n3: 0\n4: 0",
    "as pairs": "[0, 0], [1, 1], [2, 1], [3, 0], [4, 0]",
    "with decimals": "0 0.0 1 1.0 2 1.0 3 0.0 4 0.0",
    "with quotes": '"0 0"\n"1 1"\n"2 1"\n"3 0"\n"4 0"',
    "with empty lines": "\n0 0\n\n1 1\n2 1\n\n3 0\n4 0\n",
    "with a minus zero": "0 −0 1 1 2 1 3 0 4 0",
  },
  wrong: {
    "outputs alone": "0 1 1 0 0",
    "one line too few": "0 0\n1 1\n2 1\n3 0",
    "one line too many": "0 0\n1 1\n2 1\n3 0\n4 0\n5 0",
    "fires at once": "0 1\n1 1\n2 1\n3 0\n4 0",
    "forgets a moment later": "0 0\n1 1\n2 1\n3 1\n4 0",
    "times that begin at 1": "1 0\n2 1\n3 1\n4 0\n5 0",
    "the other way round": "0 0\n1 1\n1 2\n0 3\n0 4",
    "in words": "off on on off off",
    "no spaces": "0011213040",
    "a comma that is a decimal sign": "0,0\n1,1\n2,1\n3,1\n4,0",
  },
} satisfies Corpus
