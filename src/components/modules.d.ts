/** @file What a TypeScript file may know of an Astro component: that it is one. */

declare module "*.astro" {
  const component: (props: Record<string, unknown>) => unknown
  export default component
}
