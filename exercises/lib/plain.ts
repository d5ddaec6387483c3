/** @file Markdown with TeX as plain words, for reports, tables and a terminal. Renders nothing. */

const NAMES: Record<string, string> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  eta: "η",
  theta: "θ",
  lambda: "λ",
  mu: "μ",
  pi: "π",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  Delta: "Δ",
  Sigma: "Σ",
  sum: "Σ",
  prod: "Π",
  nabla: "∇",
  partial: "∂",
  cdot: "·",
  times: "×",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  ne: "≠",
  neq: "≠",
  approx: "≈",
  to: "→",
  leftarrow: "←",
  rightarrow: "→",
  infty: "∞",
  in: "∈",
  pm: "±",
  dots: "…",
  ldots: "…",
  cdots: "…",
  quad: " ",
  top: "ᵀ",
} // prettier-ignore

/** `**bold**`, `` `code` ``, links and `$…$` lose their signs; the common commands of TeX become characters. */
export function plain(markdown: string): string {
  return markdown
    .split(/(`[^`]*`|\$\$?[^$]+\$\$?)/)
    .map((part) => {
      if (part.startsWith("`") && part.length > 1) return part.slice(1, -1)
      if (part.startsWith("$") && part.length > 1) return plainTex(part.replace(/^\$+|\$+$/g, ""))
      return part
        .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
        .replace(/(\*\*|__)(.+?)\1/g, "$2")
        .replace(/(^|[^\w*])\*([^*\s][^*]*)\*/g, "$1$2")
        .replace(/(^|\W)_([^_\s][^_]*)_(?=\W|$)/g, "$1$2")
    })
    .join("")
    .replace(/\s+/g, " ")
    .trim()
}

function plainTex(tex: string): string {
  return tex
    .replace(/\\(?:text|mathrm|mathbf|operatorname|hat|bar|tilde|mathbb|boldsymbol)\s*\{([^{}]*)\}/g, "$1")
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "($1)/($2)")
    .replace(/\\[dt]?frac\s*(\w)\s*(\w)/g, "$1/$2")
    .replace(/\\sqrt\s*\{([^{}]*)\}/g, "√($1)")
    .replace(/\\([a-zA-Z]+)\s?/g, (_, name: string) => NAMES[name] ?? `${name} `)
    .replace(/\\[,;:! ]/g, " ")
    .replace(/\\([{}%#&_])/g, "$1")
    .replace(/([_^])\{([^{}]|\d+)\}/g, "$1$2")
    .replace(/([_^])\{([^{}]*)\}/g, "$1($2)")
    .replace(/[{}]/g, "")
    .replace(/-/g, "−")
}
