using Ecosystem.Designer.Hosting;
using Ecosystem.Designer.Identity;
using Microsoft.AspNetCore.StaticFiles;

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
        studio.MapGet("/definitions", (HttpRequest request) => Document(request, "<elsa-workflow-definition-list></elsa-workflow-definition-list>"));
        studio.MapGet("/definitions/{id}", (string id, HttpRequest request) => Document(request, $"<elsa-workflow-definition-editor definition-id=\"{Encode(id)}\"></elsa-workflow-definition-editor>"));
        studio.MapGet("/instances", (HttpRequest request) => Document(request, "<elsa-workflow-instance-list></elsa-workflow-instance-list>"));
        studio.MapGet("/instances/{id}", (string id, HttpRequest request) => Document(request, $"<elsa-workflow-instance-viewer instance-id=\"{Encode(id)}\"></elsa-workflow-instance-viewer>"));
        studio.MapGet("/appsettings.json", (HttpRequest request) => Results.Json(new { Backend = new { Url = Backend(request) } }));
        studio.MapGet("/{**path}", (string path, HttpContext http, HostSettings settings) => Serve(path, http, settings));
    }

    private static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);

    private static string Backend(HttpRequest request) => $"{request.Scheme}://{request.Host}{ElsaApi.Root}";

    private static IResult Document(HttpRequest request, string element) => Results.Content($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Elsa Studio</title>
          <base href="/studio/" />
          <link href="_content/MudBlazor/MudBlazor.min.css" rel="stylesheet" />
          <link href="_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.css" rel="stylesheet" />
          <link href="_content/Radzen.Blazor/css/material-base.css" rel="stylesheet" />
          <link href="_content/Elsa.Studio.Shell/css/shell.css" rel="stylesheet" />
          <link href="Elsa.Studio.Host.CustomElements.styles.css" rel="stylesheet" />
          <link href="/studio.css" rel="stylesheet" />
        </head>
        <body>
          <div id="loading" role="status"><div class="bar"></div><p>Loading the canvas</p></div>
          <elsa-backend-provider remote-endpoint="{{Encode(Backend(request))}}"></elsa-backend-provider>
          {{element}}
          <div id="blazor-error-ui">The canvas failed. <a href="" class="reload">Load it again</a></div>
          <script src="/studio.js"></script>
          <script src="_content/BlazorMonaco/jsInterop.js"></script>
          <script src="_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js"></script>
          <script src="_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js"></script>
          <script src="_content/MudBlazor/MudBlazor.min.js"></script>
          <script src="_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js"></script>
          <script src="_content/Radzen.Blazor/Radzen.Blazor.js"></script>
          <script src="_framework/blazor.webassembly.js"></script>
        </body>
        </html>
        """, "text/html; charset=utf-8");

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

        // Files of the runtime carry a hash in their names; the rest changes only with the package's version.
        headers.CacheControl = path.StartsWith("_framework/", StringComparison.Ordinal) && path.Count(letter => letter == '.') > 1
            ? "private, max-age=31536000, immutable"
            : "private, max-age=3600";
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        foreach (var (encoding, extension) in Encodings)
        {
            if (accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase) && File.Exists(file + extension))
            {
                headers.ContentEncoding = encoding;
                return Results.File(file + extension, type);
            }
        }

        return Results.File(file, type, enableRangeProcessing: true);
    }
}
