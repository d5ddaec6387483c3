/** @file Which extensions of Markdown the book uses; one place, so that every pass reads the same language. */

export const mdxFeatures = { math: true, frontmatter: true } as const
