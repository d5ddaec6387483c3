/**
 * @file Scalar functions in WGSL for float32, because the built-in ones may be coarse (a log near 1 is allowed an
 * error of 2⁻²¹), overflow (tanh), or forget NaN and ±∞, which the language does not promise. Bits are tested where
 * a compiler that believes in finite numbers could reason a test away; ∞ and NaN come from a uniform, since a
 * constant one is an error. Relative errors, as tests bound them: exp, expm1, log, log1p, tanh, erf 4·10⁻⁷; sin and
 * cos 3·10⁻⁷ of 1, for arguments of any size; pow (3 + |b|/4 + |b·log₂ a|)·1.2·10⁻⁷.
 * Sources of the polynomials: Moshier, Cephes 1992 (exp, log, tanh, sin, cos); Payne and Hanek 1983 (large angles).
 */

/** ((a x + b) x + c) …: the coefficients from the highest power on. */
function poly(x: string, ...[first, ...rest]: readonly (number | string)[]): string {
  return rest.reduce<string>((sum, c) => `fma(${sum}, ${x}, ${c})`, `${first}`)
}

/** Each with its name; what it calls is found in its text. */
const functions: Record<string, string> = {
  inf: "fn inf() -> f32 { return bitcast<f32>(params[0].x); }",
  nan: "fn nan() -> f32 { return bitcast<f32>(params[0].y); }",
  isNan: "fn isNan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }",
  max_: `fn max_(a: f32, b: f32) -> f32 {
  return select(select(b, a, a >= b || isNan(a)), b, isNan(b));
}`,
  min_: `fn min_(a: f32, b: f32) -> f32 {
  return select(select(b, a, a <= b || isNan(a)), b, isNan(b));
}`,
  sign_: `fn sign_(x: f32) -> f32 {
  return select(select(x, -1.0, x < 0.0), 1.0, x > 0.0);
}`,
  toInt: `fn toInt(x: f32) -> i32 {
  let whole = select(i32(clamp(x, -2147483648.0, 2147483520.0)), 2147483647, x >= 2147483648.0);
  return select(whole, 0, isNan(x));
}`,
  /** e^x = 2^n · (1 + p): n and p = e^r − 1 for |r| ≤ ln 2 / 2. */
  expParts: `fn expParts(x: f32) -> vec2<f32> {
  let n = round(x * 1.44269504);
  let r = fma(n, 2.12194440e-4, fma(n, -0.693359375, x));
  let p = ${poly("r", 0.00019875691, 0.00139819995, 0.008333452, 0.041665796, 0.16666665, 0.5)};
  return vec2<f32>(n, fma(p, r * r, r));
}`,
  power2: "fn power2(n: i32) -> f32 { return bitcast<f32>(u32(n + 127) << 23u); }",
  exp_: `fn exp_(x: f32) -> f32 {
  let parts = expParts(clamp(x, -104.0, 89.0));
  let n = i32(parts.x);
  let half = n >> 1u;
  let y = (1.0 + parts.y) * power2(half) * power2(n - half);
  return select(select(y, inf(), x > 88.7228394), x, isNan(x));
}`,
  expm1_: `fn expm1_(x: f32) -> f32 {
  let parts = expParts(clamp(x, -30.0, 89.0));
  let s = power2(i32(parts.x) - 1);
  let y = 2.0 * fma(s, parts.y, s - 0.5);
  return select(select(y, inf(), x > 88.7228394), x, isNan(x) || x == 0.0);
}`,
  /** log(1 + x) for √½ ≤ 1 + x ≤ √2. */
  logNear1: `fn logNear1(x: f32) -> f32 {
  let p = ${poly("x", 0.070376836, -0.1151461, 0.116769987, -0.12420141, 0.14249323, -0.16668058, 0.200007148, -0.24999994, 0.3333333)};
  let z = x * x;
  return x + fma(p, x * z, -0.5 * z);
}`,
  /** a = 2^e · m with √½ ≤ m < √2, for positive finite a: (e, m − 1). */
  logParts: `fn logParts(a: f32) -> vec2<f32> {
  let tiny = a < 1.17549435e-38;
  let bits = bitcast<u32>(select(a, a * 8388608.0, tiny));
  let shifted = bits - 0x3f3504f3u;
  let e = f32(bitcast<i32>(shifted) >> 23u) - select(0.0, 23.0, tiny);
  let m = bitcast<f32>((shifted & 0x007fffffu) + 0x3f3504f3u);
  return vec2<f32>(e, m - 1.0);
}`,
  log_: `fn log_(x: f32) -> f32 {
  let parts = logParts(x);
  let y = fma(parts.x, 0.693359375, fma(parts.x, -2.12194440e-4, logNear1(parts.y)));
  let large = select(y, inf(), x > 3.40282346e38);
  return select(select(select(large, -inf(), x == 0.0), nan(), x < 0.0), x, isNan(x));
}`,
  log1p_: `fn log1p_(x: f32) -> f32 {
  return select(log_(1.0 + x), logNear1(x), x > -0.29 && x < 0.41);
}`,
  tanh_: `fn tanh_(x: f32) -> f32 {
  let t = min(abs(x), 10.0);
  let far = 1.0 - 2.0 / (exp_(2.0 * t) + 1.0);
  let z = t * t;
  let p = ${poly("z", -0.0057049887, 0.0206390888, -0.053739716, 0.13331442, -0.3333328)};
  let y = select(far, fma(p * z, t, t), t < 0.625);
  return select(select(y, -y, x < 0.0), x, isNan(x));
}`,
  erf_: `fn erf_(x: f32) -> f32 {
  let t = min(abs(x), 5.0);
  let s = t * t;
  let tail = fma(${poly("t", -1.7285347e-5, 3.83197126e-4)}, s, ${poly("t", -3.88396438e-3, 2.42546219e-2)});
  let far = 1.0 - exp_(fma(${poly("t", "tail", -1.06777877e-1, -6.34846687e-1, -1.28717512e-1)}, t, -t));
  let near = ${poly("s", -5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1)};
  let y = select(fma(near, t, t), far, t > 0.927734375);
  return select(select(y, -y, x < 0.0), x, isNan(x));
}`,
  mulhi: `fn mulhi(a: u32, b: u32) -> u32 {
  let al = a & 0xffffu;
  let ah = a >> 16u;
  let bl = b & 0xffffu;
  let bh = b >> 16u;
  let middle = ah * bl + ((al * bl) >> 16u);
  let cross = al * bh + (middle & 0xffffu);
  return ah * bh + (middle >> 16u) + (cross >> 16u);
}`,
  /** A large angle: 96 bits of 2/π, taken where they matter, give its quadrant and the rest. */
  largeAngle: `fn twoOverPi(i: u32) -> u32 {
  switch i {
    case 1u: { return 0x28be60dbu; }
    case 2u: { return 0x9391054au; }
    case 3u: { return 0x7f09d5f4u; }
    case 4u: { return 0x7d4d3770u; }
    case 5u: { return 0x36d8a566u; }
    case 6u: { return 0x4f10e410u; }
    case 7u: { return 0x7f9458eau; }
    default: { return 0u; }
  }
}
fn largeAngle(t: f32) -> vec2<f32> {
  let bits = bitcast<u32>(t);
  let mantissa = (bits << 8u) | 0x80000000u;
  let e = (bits >> 23u) - 126u;
  let i = e >> 5u;
  let shift = e & 31u;
  var high = twoOverPi(i);
  var middle = twoOverPi(i + 1u);
  var low = twoOverPi(i + 2u);
  if (shift > 0u) {
    let back = 32u - shift;
    high = (high << shift) | (middle >> back);
    middle = (middle << shift) | (low >> back);
    low = (low << shift) | (twoOverPi(i + 3u) >> back);
  }
  let bottom = mantissa * middle;
  let p0 = bottom + mulhi(mantissa, low);
  var p1 = mantissa * high + mulhi(mantissa, middle) + select(0u, 1u, p0 < bottom);
  let quadrant = (p1 >> 30u) + ((p1 >> 29u) & 1u);
  p1 = bitcast<u32>(bitcast<i32>(p1 << 2u) >> 2u);
  let fraction = fma(f32(bitcast<i32>(p1)), 4294967296.0, f32(p0));
  return vec2<f32>(f32(quadrant & 3u), fraction * 3.40612158e-19);
}`,
  /** sin(x + turns · π/2). */
  sinTurned: `fn sinTurned(x: f32, turns: u32) -> f32 {
  let t = abs(x);
  let k = round(t * 0.636619772);
  let near = fma(k, -7.54979e-8, fma(k, -0.0004837513, fma(k, -1.5703125, t)));
  var angle = vec2<f32>(k, near);
  if (t > 20000.0) { angle = largeAngle(t); }
  let r = angle.y;
  let z = r * r;
  let s = fma(${poly("z", -0.00019515296, 0.008332161, -0.16666655)}, z * r, r);
  let c = fma(${poly("z", 0.000024433157, -0.0013887316, 0.041666646)}, z * z, fma(-0.5, z, 1.0));
  // sin(−t + a) = −sin(t − a): a quarter turn goes the other way for negative x.
  let q = (u32(angle.x) + select(turns, 4u - turns, x < 0.0)) & 3u;
  let y = select(s, c, (q & 1u) == 1u);
  let signed = select(y, -y, (q >= 2u) != (x < 0.0));
  return select(signed, nan(), (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u);
}`,
  sin_: "fn sin_(x: f32) -> f32 { return sinTurned(x, 0u); }",
  cos_: "fn cos_(x: f32) -> f32 { return sinTurned(x, 1u); }",
  /** As Math.pow: a negative base has whole powers, and 1 to an infinite power is NaN. */
  pow_: `fn pow_(a: f32, b: f32) -> f32 {
  let t = abs(a);
  let whole = floor(b) == b;
  let odd = whole && abs(b) < 16777216.0 && (i32(b) & 1) != 0;
  let parts = logParts(clamp(t, 1.17549435e-38, 3.40282346e38));
  let l = logNear1(parts.y) * 1.44269504;
  let bc = clamp(b, -1.0e30, 1.0e30);
  let high = bitcast<f32>(bitcast<u32>(bc) & 0xfffff000u);
  let first = high * parts.x;
  let rest = fma(bc, l, (bc - high) * parts.x);
  let n = clamp(round(first + rest), -200.0, 200.0);
  let f = clamp((first - n) + rest, -200.0, 200.0);
  let fraction = expParts(f * 0.693147181);
  let exponent = clamp(i32(n + fraction.x), -250, 250);
  let half = exponent >> 1u;
  var y = (1.0 + fraction.y) * power2(half) * power2(exponent - half);
  if (exponent > 128) { y = inf(); }
  if (exponent < -150) { y = 0.0; }
  let infinite = t > 3.40282346e38;
  if (t == 0.0 || infinite) { y = select(0.0, inf(), (b > 0.0) == infinite); }
  if (abs(b) > 3.40282346e38) {
    y = select(select(0.0, inf(), (t > 1.0) == (b > 0.0)), nan(), t == 1.0);
  } else if (a < 0.0 && !whole && !infinite) {
    y = nan();
  }
  if ((bitcast<u32>(a) >> 31u) == 1u && odd) { y = -y; }
  if (isNan(a) || isNan(b)) { y = nan(); }
  return select(y, 1.0, b == 0.0);
}`,
  /** Word number `start` + `i` of the Philox stream: see core/random.ts. */
  word: `fn word(key: vec2<u32>, low: u32, high: u32, i: u32) -> u32 {
  let at = low + i;
  let top = high + select(0u, 1u, at < low);
  var c = vec4<u32>((at >> 2u) | (top << 30u), top >> 2u, 0u, 0u);
  var k = key;
  for (var round = 0; round < 10; round++) {
    let high0 = mulhi(0xd2511f53u, c.x);
    let high1 = mulhi(0xcd9e8d57u, c.z);
    c = vec4<u32>(high1 ^ c.y ^ k.x, 0xcd9e8d57u * c.z, high0 ^ c.w ^ k.y, 0xd2511f53u * c.x);
    k += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return c[at & 3u];
}`,
  /** Two words as a normal number; log u near 1 and the angle are computed from whole numbers, without rounding. */
  normalOf: `fn normalOf(a: u32, b: u32) -> f32 {
  var l = 0.0;
  if (a >= 0x80000000u) { l = log1p_(f32(0xffffffffu - a) * -2.3283064e-10); }
  else { l = log_(f32(a + 1u) * 2.3283064e-10); }
  let quadrant = (b >> 30u) + ((b >> 29u) & 1u);
  let rest = bitcast<i32>(b << 2u) >> 2u;
  return sqrt(-2.0 * l) * sinTurned(f32(rest) * 1.46291808e-9, (quadrant + 1u) & 3u);
}`,
}

/** The text of these functions and of all that they call, each once. */
export function functionText(names: Iterable<string>): string {
  const texts = new Map<string, string>()
  const add = (name: string): void => {
    if (texts.has(name)) return
    const text = functions[name]
    texts.set(name, text)
    for (const [, called] of text.matchAll(/(\w+)\(/g)) if (called in functions) add(called)
  }
  for (const name of names) add(name)
  return [...texts.values()].join("\n")
}
