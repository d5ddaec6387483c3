/** @file Cold start of TensorFlow.js in WebAssembly. */
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm"
import { step } from "./tfjs-step.ts"

setWasmPaths("/tfjs/")
await step("wasm")
