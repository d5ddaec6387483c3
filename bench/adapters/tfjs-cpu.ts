/** @file TensorFlow.js in plain JavaScript. */
import "@tensorflow/tfjs-backend-cpu"
import type { Start } from "../task.ts"
import { tensorflow } from "./tfjs.ts"

export const start: Start = () => tensorflow("cpu")
