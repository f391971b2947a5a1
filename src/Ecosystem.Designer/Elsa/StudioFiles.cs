using System.Security.Cryptography;
using System.Text;
using Ecosystem.Designer.Hosting;
using Ecosystem.Designer.Identity;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// Serves Elsa Studio under <c>/studio/</c>: the npm package's files, in the brotli or gzip form it ships where the browser takes it,
/// and the documents that put one of its elements on a page. They are documents of their own because two Blazor runtimes cannot share one.
/// </summary>
internal static class StudioFiles
{
    private static readonly FileExtensionContentTypeProvider Types = new(new Dictionary<string, string>(new FileExtensionContentTypeProvider().Mappings)
    {
        [".dat"] = "application/octet-stream",
        [".blat"] = "application/octet-stream",
        [".pdb"] = "application/octet-stream",
        [".webcil"] = "application/octet-stream",
    });

    private static readonly (string Encoding, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>Maps the files and documents.</summary>
    public static void MapStudio(this WebApplication app)
    {
        var studio = app.MapGroup("/studio").RequireAuthorization(policy => policy.RequireRole(Access.Staff.Split(','))).ExcludeFromDescription();
        studio.MapGet("/definitions", (HttpContext http) => Document(http, "<elsa-workflow-definition-list></elsa-workflow-definition-list>"));
        studio.MapGet("/definitions/{id}", (string id, HttpContext http) => Document(http, Editor(id)));
        studio.MapGet("/instances", (HttpContext http) => Document(http, "<elsa-workflow-instance-list></elsa-workflow-instance-list>"));
        studio.MapGet("/instances/{id}", (string id, HttpContext http) => Document(http, $"<elsa-workflow-instance-viewer instance-id=\"{Encode(id)}\"></elsa-workflow-instance-viewer>"));
        studio.MapGet("/warm", async (HttpContext http, ElsaDefinitions definitions, CancellationToken ct) =>
            Document(http, (await definitions.ListAsync(new ElsaDefinitions.Query(null, null, [], [], 0, 1, null, false), ct)).Page is [var first] ? Editor(first.DefinitionId) : ""));
        studio.MapGet("/appsettings.json", (HttpRequest request) => Results.Json(new { Backend = new { Url = Backend(request) } }));
        studio.MapGet("/activities.css", async (ElsaCatalog catalog, HttpContext http, CancellationToken ct) => Made(StudioIcons.Css(await catalog.AllAsync(ct)), "text/css", http));
        studio.MapGet("/activities.json", async (ElsaCatalog catalog, CancellationToken ct) => StudioIcons.ByName(await catalog.AllAsync(ct)));
        studio.MapGet("/preload.json", (HostSettings settings, HttpContext http) => Made(System.Text.Json.JsonSerializer.Serialize(Preload(settings.StudioFolder)), "application/json", http));
        studio.MapGet("/{**path}", (string path, HttpContext http, HostSettings settings) => Serve(path, http, settings));
    }

    /// <summary>What a browser can fetch before anybody opens the canvas: the runtime's files, by address, the largest first.</summary>
    internal static IReadOnlyList<string> Preload(string? folder)
    {
        if (folder is null || !Directory.Exists(Path.Combine(folder, "_framework")))
        {
            return [];
        }

        string[] scripts =
        [
            "_content/Elsa.Studio.Workflows.Designer/designer.entry.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js",
            "_content/MudBlazor/MudBlazor.min.js", "_content/MudBlazor/MudBlazor.min.css", "_content/Radzen.Blazor/css/material-base.css", "_framework/blazor.webassembly.js", "_framework/dotnet.js",
        ];
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(folder, "_framework")).Where(file => Path.GetExtension(file) is ".wasm" or ".js" && IsHashed(Path.GetFileName(file)))
                .OrderByDescending(file => new FileInfo(file).Length).Select(file => "/studio/_framework/" + Path.GetFileName(file)),
            .. scripts.Where(file => File.Exists(Path.Combine(folder, file))).Select(file => "/studio/" + file),
        ];
    }

    private static string Editor(string definitionId) => $"<elsa-workflow-definition-editor definition-id=\"{Encode(definitionId)}\"></elsa-workflow-definition-editor>";

    private static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);

    private static string Backend(HttpRequest request) => $"{request.Scheme}://{request.Host}{ElsaApi.Root}";

    // The document holds what its caller may see, so no cache keeps it.
    private static IResult Document(HttpContext http, string element)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Elsa Studio</title>
          <base href="/studio/" />
          <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
          <link href="_content/MudBlazor/MudBlazor.min.css" rel="stylesheet" />
          <link href="_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.css" rel="stylesheet" />
          <link href="_content/Radzen.Blazor/css/material-base.css" rel="stylesheet" />
          <link href="_content/Elsa.Studio.Shell/css/shell.css" rel="stylesheet" />
          <link href="Elsa.Studio.Host.CustomElements.styles.css" rel="stylesheet" />
          <link href="/studio.css" rel="stylesheet" />
          <link href="activities.css" rel="stylesheet" />
          <link rel="modulepreload" href="_content/Elsa.Studio.Workflows.Designer/designer.entry.js" />
          <link rel="modulepreload" href="_content/Elsa.Studio.DomInterop/dom.entry.js" />
        </head>
        <body>
          <div id="loading" role="progressbar" aria-label="Loading the canvas" aria-valuemin="0" aria-valuemax="100" aria-valuenow="4"><div class="bar"></div><p>Loading the canvas</p></div>
          <elsa-backend-provider remote-endpoint="{{Encode(Backend(http.Request))}}"></elsa-backend-provider>
          {{element}}
          <div id="told" role="status" hidden></div>
          <div id="blazor-error-ui">The canvas failed. <a href="" class="reload">Load it again</a></div>
          <script src="/studio.js"></script>
          <script src="_content/BlazorMonaco/jsInterop.js"></script>
          <script src="_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js"></script>
          <script src="_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js"></script>
          <script src="_content/MudBlazor/MudBlazor.min.js"></script>
          <script src="_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js"></script>
          <script src="_content/Radzen.Blazor/Radzen.Blazor.js"></script>
          <script src="_framework/blazor.webassembly.js"></script>
          <script src="/studio-boxes.js"></script>
        </body>
        </html>
        """, "text/html; charset=utf-8");
    }

    private static IResult Serve(string path, HttpContext http, HostSettings settings)
    {
        if (settings.StudioFolder is not { } folder)
        {
            return Results.Text("Elsa Studio is not installed; run npm ci in the folder of run.sh.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var file = Path.GetFullPath(Path.Combine(folder, path));
        if (!file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(file))
        {
            return Results.NotFound();
        }

        var type = Types.TryGetContentType(file, out var known) ? known : "application/octet-stream";
        var headers = http.Response.Headers;
        headers.Vary = "Accept-Encoding";

        // What carries a hash in its name never changes; the rest is asked for again, and answered with 304 until the package changes.
        headers.CacheControl = IsHashed(Path.GetFileName(file)) ? "private, max-age=31536000, immutable" : "private, no-cache";
        foreach (var (encoding, extension) in Encodings)
        {
            if (Accepts(http.Request, encoding) && File.Exists(file + extension))
            {
                headers.ContentEncoding = encoding;
                return Results.File(file + extension, type, entityTag: Tag(file + extension));
            }
        }

        return Results.File(file, type, entityTag: Tag(file), enableRangeProcessing: true);
    }

    private static IResult Made(string text, string type, HttpContext http)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(bytes, type, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
    }

    // "name.1a2b3c4d5e.wasm": ten letters and digits, at least one of each kind, as the SDK's fingerprints are.
    private static bool IsHashed(string name) =>
        name.Split('.') is { Length: > 2 } parts && parts[1..^1].Any(part => part.Length == 10 && part.All(char.IsAsciiLetterOrDigit) && part.Any(char.IsAsciiDigit));

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(accepted => accepted.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0);

    private static EntityTagHeaderValue Tag(string file)
    {
        var info = new FileInfo(file);
        return new EntityTagHeaderValue(FormattableString.Invariant($"\"{info.Length:x}-{info.LastWriteTimeUtc.Ticks:x}\""));
    }
}
