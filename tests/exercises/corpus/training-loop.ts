/** @file Answers to `training-loop`. */
import type { Answer } from "../../../exercises/lib/exercise.ts"
import type { Corpus } from "./corpus.ts"

const order = (text: string): Answer => ({ kind: "parsons", order: text.split(" ") })

export default {
  right: {
    "cleared just before backward": order("for scores loss clear backward step end"),
    "cleared first": order("for clear scores loss backward step end"),
    "cleared between scores and loss": order("for scores clear loss backward step end"),
    "cleared after the step": order("for scores loss backward step clear end"),
  },
  wrong: {
    "the loop closed too early": order("for scores loss clear backward end step"),
    backwards: order("end step backward clear loss scores for"),
    "the loss first": order("for loss scores clear backward step end"),
    "no step": order("for scores loss clear backward end"),
    "never cleared": order("for scores loss backward step end"),
    "no loop": order("scores loss clear backward step"),
    "both losses": order("for scores loss ce.softmax-twice clear backward step end"),
    "a block that is not there": order("for scores loss clear backward step end nothing"),
    "a block twice": order("for scores loss clear backward step step end"),
  },
} satisfies Corpus
