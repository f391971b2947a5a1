using System.Text.Json;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Integration.Imports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ecosystem.Designer.Api;

/// <summary><c>/imports</c>: takes CSV files in.</summary>
internal static class ImportsApi
{
    /// <summary>Maps the call.</summary>
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/imports", ImportAsync).WithTags("Imports").RequireAuthorization(Access.Write("imports", Roles.Ops))
            .WithSummary("Imports a CSV file of accounts, claims, opportunities, partners or touchpoints; with dryRun=true only says what would happen")
            .WithMetadata(new RequestSizeLimitAttribute(ImportFile.MaxBytes + (64 * 1024)));

    private static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> ImportAsync(
        HttpRequest request, ImportService imports, HttpContext http, bool? dryRun, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            return Refuse("body.media-type", "The body must be multipart/form-data with the parts kind and file, and mapping if columns have other names.", "file");
        }

        var form = await request.ReadFormAsync(ct);
        if (!Enum.TryParse<ImportKind>(form["kind"], ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || char.IsAsciiDigit(form["kind"].ToString()[0]))
        {
            return Refuse("import.kind", $"'{form["kind"]}' cannot be imported; kind must be one of {string.Join(", ", Enum.GetNames<ImportKind>()).ToLowerInvariant()}.", "kind");
        }

        if (form.Files.GetFile("file") is not { } file)
        {
            return Refuse("import.file-missing", "The part file is missing; send the CSV file as it.", "file");
        }

        var mapping = ReadMapping(form["mapping"]);
        var text = await ImportFile.ReadTextAsync(file.Length, file.OpenReadStream, ct);
        if (!mapping.IsSuccess || !text.IsSuccess)
        {
            return ApiProblem.From([.. mapping.Refusals, .. text.Refusals]);
        }

        var name = Path.GetFileName(file.FileName) is { Length: > 0 and <= 200 } given ? given : "file";
        var result = await imports.ImportAsync(new ImportFile(kind, name, text.Value, mapping.Value), dryRun ?? false, http.Actor(), ct);
        return result.TryGet(out var report) ? TypedResults.Ok(report) : ApiProblem.From(result);
    }

    private static Result<Dictionary<string, string?>> ReadMapping(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? new Dictionary<string, string?>() : JsonSerializer.Deserialize<Dictionary<string, string?>>(text) ?? [];
        }
        catch (JsonException)
        {
            return new Refusal("import.mapping", "The mapping is not JSON such as {\"Company\":\"legalName\",\"Notes\":null}.", "mapping");
        }
    }

    private static ProblemHttpResult Refuse(string code, string message, string field) => ApiProblem.From(new Refusal(code, message, field));
}
