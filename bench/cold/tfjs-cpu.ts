/** @file Cold start of TensorFlow.js in plain JavaScript. */
import "@tensorflow/tfjs-backend-cpu"
import { step } from "./tfjs-step.ts"

await step("cpu")
