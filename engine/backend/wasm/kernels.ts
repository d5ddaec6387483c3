/** @file One line per kind of kernel: which generator writes it. */
import type { Fused, Matmul, Single } from "../../fuse/plan.ts"
import type { Func } from "./assembler.ts"
import { emitCumsum } from "./cumsum.ts"
import { emitGather, emitScatterAdd } from "./gather.ts"
import { emitLoop, planLoop } from "./loop.ts"
import { emitMatmul, scratchBytes } from "./matmul.ts"
import { emitFold, emitPlace } from "./place.ts"
import { emitRandom } from "./random.ts"
import { emitReduce } from "./reduce.ts"
import type { Scope } from "./scope.ts"

/** A matrix product as a kernel. */
function matmul(scope: Scope, product: Matmul, name: string): Func {
  const multiply = emitMatmul(scope.module, product, `${name} product`)
  const bytes = scratchBytes(product)
  if (bytes > 0) scope.largeProducts = true
  const kernel = scope.kernel(name)
  const params = kernel.param(0)
  const scratch = bytes > 0 ? scope.scratch(params, scope.takeScratch(bytes)) : params
  kernel.emit(
    multiply.call(
      scope.address(params, product.a.array),
      scope.address(params, product.b.array),
      scope.address(params, product.array),
      scratch,
    ),
  )
  return kernel
}

function single(scope: Scope, whole: Single, name: string): Func {
  const { kernel } = whole
  switch (kernel.kind) {
    case "cumsum":
      return emitCumsum(scope, kernel.length, whole, name)
    case "gather":
      return emitGather(scope, kernel, whole, name)
    case "scatterAdd":
      return emitScatterAdd(scope, kernel, whole, name)
    case "place":
      return emitPlace(scope, kernel, whole, name)
    case "fold":
      return emitFold(scope, kernel, whole, name)
    case "random":
      return emitRandom(scope, kernel.distribution, whole, name)
  }
}

/** Writes a kernel of a plan: a function of the parameter block. */
export function emitKernel(scope: Scope, kernel: Fused, name: string): Func {
  switch (kernel.kind) {
    case "loop":
      return emitLoop(scope, planLoop(kernel), name)
    case "reduce":
      return emitReduce(scope, kernel, name)
    case "matmul":
      return matmul(scope, kernel, name)
    case "single":
      return single(scope, kernel, name)
  }
}
