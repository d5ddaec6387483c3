/** @file TensorFlow.js on the GPU. */
import "@tensorflow/tfjs-backend-webgpu"
import type { Start } from "../task.ts"
import { tensorflow } from "./tfjs.ts"

export const start: Start = () => tensorflow("webgpu")
