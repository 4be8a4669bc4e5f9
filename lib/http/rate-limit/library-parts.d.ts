/** The one limiter of the library that needs nothing of Node. Its own entry brings all of them, which the edge cannot load. */
declare module 'rate-limiter-flexible/lib/RateLimiterMemory.js' {
  // biome-ignore lint/style/noDefaultExport: a CommonJS module's export is its default.
  export { RateLimiterMemory as default } from 'rate-limiter-flexible'
}

/** What the library's own stores are made from; its types name it beside them, its entry does not. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  // biome-ignore lint/style/noDefaultExport: a CommonJS module's export is its default.
  export { RateLimiterStoreAbstract as default } from 'rate-limiter-flexible'
}
