using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's calls that publish, retract, revert and delete, one by one and many at once.</summary>
internal static class ElsaPublishingApi
{
    /// <summary>Which definitions or versions a bulk action is for.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Many(string[]? DefinitionIds, string[]? Ids);

    /// <summary>Maps the calls; all take an author.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        var authors = elsa.MapGroup("").RequireAuthorization(Access.Write("definitions", Access.Authors));
        authors.MapPost("/workflow-definitions/{id}/publish", PublishAsync);
        authors.MapPost("/workflow-definitions/{id}/retract", RetractAsync);
        authors.MapPost("/workflow-definitions/{id}/revert/{version:int}", RevertAsync);
        authors.MapPost("/workflow-definitions/{id}/update-references", async (string id, ElsaDefinitions definitions, CancellationToken ct) =>
            await definitions.FindAsync(id, "Latest", ct) is null ? ElsaApi.Refused(Refusal.NotFound("workflow definition", id))

            // A definition used as an activity is found by its id when a case begins, so there are no references to bring up to date.
            : Results.Json(new { affectedWorkflows = Array.Empty<string>() }));
        authors.MapDelete("/workflow-definitions/{id}", DeleteAsync);
        authors.MapDelete("/workflow-definition-versions/{id}", async (string id, DefinitionService service, HttpContext http, CancellationToken ct) =>
            Done(await service.DeleteDraftAsync(id, http.Actor(), ct)));
        authors.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", PublishManyAsync);
        authors.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", RetractManyAsync);
        authors.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", DeleteManyAsync);
        authors.MapPost("/bulk-actions/delete/workflow-definitions/by-id", DeleteVersionsAsync);
    }

    private static async Task<IResult> PublishAsync(string id, ElsaDefinitions definitions, DefinitionService service, HttpContext http, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, "Latest", ct) is not { } latest)
        {
            return ElsaApi.Refused(Refusal.NotFound("workflow definition", id));
        }

        if (latest.State == VersionState.Published)
        {
            return Results.Json(await ElsaDefinitionsApi.SavedAsync(latest, true, definitions, http, ct));
        }

        var published = await service.PublishAsync(latest.Id, null, http.Actor(), ct);
        return published.TryGet(out var row) ? Results.Json(await ElsaDefinitionsApi.SavedAsync(row, false, definitions, http, ct)) : ElsaApi.Refused(published);
    }

    private static async Task<IResult> RetractAsync(string id, ElsaDefinitions definitions, DefinitionService service, HttpContext http, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, "Published", ct) is not { } published)
        {
            return ElsaApi.Refused(new Refusal("definition.not-published", $"No version of '{id}' is published, so there is nothing to retract."));
        }

        var retired = await service.RetireAsync(published.Id, "Retracted in the designer", http.Actor(), ct);
        return retired.TryGet(out var row) ? Results.Json(ElsaModels.Full(row, http.IsAuthor())) : ElsaApi.Refused(retired);
    }

    private static async Task<IResult> RevertAsync(string id, int version, ElsaDefinitions definitions, DefinitionService service, HttpContext http, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, version.ToString(System.Globalization.CultureInfo.InvariantCulture), ct) is not { } earlier)
        {
            return ElsaApi.Refused(Refusal.NotFound("workflow definition version", $"{id} {version}"));
        }

        var reverted = await service.RevertAsync(earlier.Id, http.Actor(), ct);
        return reverted.TryGet(out var row) ? Results.Json(ElsaModels.Summary(row, http.IsAuthor())) : ElsaApi.Refused(reverted);
    }

    // All versions of a definition that was never published go; of one that was, the draft.
    private static async Task<IResult> DeleteAsync(string id, ElsaDefinitions definitions, DefinitionService service, HttpContext http, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, "Latest", ct) is not { } latest)
        {
            return ElsaApi.Refused(Refusal.NotFound("workflow definition", id));
        }

        return Done(await service.DeleteDraftAsync(latest.Id, http.Actor(), ct));
    }

    private static async Task<JsonObject> PublishManyAsync(Many many, ElsaDefinitions definitions, DefinitionService service, HttpContext http, CancellationToken ct)
    {
        var (published, already, missing, refused) = (new JsonArray(), new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var id in many.DefinitionIds ?? [])
        {
            if (await definitions.FindAsync(id, "Latest", ct) is not { } latest)
            {
                missing.Add(id);
            }
            else if (latest.State == VersionState.Published)
            {
                already.Add(id);
            }
            else
            {
                var result = await service.PublishAsync(latest.Id, null, http.Actor(), ct);
                (result.TryGet(out _) ? published : refused).Add(id);
            }
        }

        return new JsonObject { ["published"] = published, ["alreadyPublished"] = already, ["notFound"] = missing, ["skipped"] = refused, ["updatedConsumers"] = new JsonArray() };
    }

    private static async Task<JsonObject> RetractManyAsync(Many many, ElsaDefinitions definitions, DefinitionService service, HttpContext http, CancellationToken ct)
    {
        var (retracted, already, missing) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var id in many.DefinitionIds ?? [])
        {
            if (await definitions.FindAsync(id, "Latest", ct) is null)
            {
                missing.Add(id);
            }
            else if (await definitions.FindAsync(id, "Published", ct) is not { } published)
            {
                already.Add(id);
            }
            else if ((await service.RetireAsync(published.Id, "Retracted in the designer", http.Actor(), ct)).TryGet(out _))
            {
                retracted.Add(id);
            }
        }

        return new JsonObject { ["retracted"] = retracted, ["alreadyRetracted"] = already, ["notFound"] = missing };
    }

    private static async Task<IResult> DeleteManyAsync(Many many, ElsaDefinitions definitions, DefinitionService service, HttpContext http, CancellationToken ct)
    {
        var drafts = new List<string>();
        foreach (var id in many.DefinitionIds ?? [])
        {
            if (await definitions.FindAsync(id, "Latest", ct) is { } latest)
            {
                drafts.Add(latest.Id);
            }
        }

        return await DeleteVersionsAsync(new Many(null, [.. drafts]), service, http, ct);
    }

    // Says why when nothing could be deleted; what could, is.
    private static async Task<IResult> DeleteVersionsAsync(Many many, DefinitionService service, HttpContext http, CancellationToken ct)
    {
        var deleted = 0;
        Result<DefinitionVersion>? refused = null;
        foreach (var id in many.Ids ?? [])
        {
            var result = await service.DeleteDraftAsync(id, http.Actor(), ct);
            if (result.TryGet(out _))
            {
                deleted++;
            }
            else
            {
                refused = result;
            }
        }

        return deleted == 0 && refused is not null ? ElsaApi.Refused(refused) : Results.Json(new { deleted });
    }

    private static IResult Done(Result<DefinitionVersion> result) => result.TryGet(out _) ? Results.NoContent() : ElsaApi.Refused(result);
}
