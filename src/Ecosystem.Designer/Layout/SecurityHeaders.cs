namespace Ecosystem.Designer.Layout;

/// <summary>Headers that keep the site inside its own origin. Elsa Studio's frame is same-origin, hence <c>frame-ancestors 'self'</c>.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Inline styles are set by MudBlazor and our SVG map; scripts come from files only, except Studio's WebAssembly and Monaco workers.
    private const string Site = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'; "
        + "connect-src 'self' ws: wss:; font-src 'self' data:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'";

    private const string Studio = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        + "worker-src 'self' blob: data:; connect-src 'self' ws: wss: data:; font-src 'self' data:; frame-ancestors 'self'; base-uri 'self'; object-src 'none'";

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["X-Content-Type-Options"] = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        var path = context.Request.Path;
        if (!path.StartsWithSegments("/docs", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = path.StartsWithSegments("/studio", StringComparison.Ordinal) ? Studio : Site;
        }

        return next(context);
    }
}
