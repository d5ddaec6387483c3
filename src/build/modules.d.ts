/** @file Types of the modules that the build makes for pages. */

declare module "virtual:reference" {
  const reference: import("./reference.ts").Reference
  export default reference
}
