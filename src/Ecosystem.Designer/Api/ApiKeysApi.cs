using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/api-keys</c>: credentials of programs. Only administrators; a key never makes keys.</summary>
internal static class ApiKeysApi
{
    /// <summary>What a new key is to be.</summary>
    internal sealed record NewKey(string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, string? PartnerId = null, DateTimeOffset? ExpiresAt = null);

    /// <summary>A key without its secret.</summary>
    internal sealed record KeyView(
        string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, string? PartnerId, string CreatedBy,
        DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
    {
        /// <summary>What is shown of a key.</summary>
        public static KeyView Of(ApiKey key) => new(
            key.Id, key.Name, key.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries), key.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            key.PartnerId, key.CreatedBy, key.CreatedAt, key.ExpiresAt, key.RevokedAt);
    }

    /// <summary>A key just made, with the text that is shown only now.</summary>
    internal sealed record CreatedKey(KeyView Key, string Text);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("API keys").RequireAuthorization(Access.Write("api-keys", Roles.Admin));
        keys.MapGet("", ListAsync).WithSummary("Lists API keys, newest first");
        keys.MapPost("", CreateAsync).WithSummary("Makes an API key; its text is shown only in this answer");
        keys.MapDelete("/{id}", RevokeAsync).WithSummary("Withdraws an API key at once");
    }

    private static async Task<Ok<Page<KeyView>>> ListAsync(ApiKeyService keys, string? cursor, int? limit, CancellationToken ct) =>
        TypedResults.Ok(Lists.Slice([.. (await keys.ListAsync(ct)).Select(KeyView.Of)], cursor, limit));

    private static async Task<Results<Created<CreatedKey>, ProblemHttpResult>> CreateAsync(NewKey body, ApiKeyService keys, HttpContext http, CancellationToken ct)
    {
        if (Check(body) is { Count: > 0 } refusals)
        {
            return ApiProblem.From(refusals);
        }

        var (key, text) = await keys.CreateAsync(body.Name, body.Roles, body.Scopes, body.PartnerId, body.ExpiresAt, http.Actor().Id, ct);
        return TypedResults.Created($"{ApiSetup.Root}/api-keys/{key.Id}", new CreatedKey(KeyView.Of(key), text));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string id, ApiKeyService keys, CancellationToken ct) =>
        await keys.RevokeAsync(id, ct) ? TypedResults.NoContent() : ApiProblem.NotFound("api-key", id);

    private static List<Refusal> Check(NewKey body)
    {
        var refusals = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > 200)
        {
            refusals.Add(new Refusal("api-key.name", "name must have 1 to 200 characters.", "name"));
        }

        if (body.Roles.Count == 0 || body.Roles.Any(role => !Roles.All.Contains(role)))
        {
            refusals.Add(new Refusal("api-key.roles", $"roles must be some of {string.Join(", ", Roles.All)}.", "roles"));
        }

        if (body.Roles.Contains(Roles.Partner) != (body.PartnerId is not null))
        {
            refusals.Add(new Refusal("api-key.partner", "A key has the role partner exactly when it belongs to a partner company (partnerId).", "partnerId"));
        }

        if (body.Scopes.Count == 0 || body.Scopes.Any(scope => scope != "*" && (scope.Split(':') is not [{ Length: > 0 }, "read" or "write" or "*"] || scope.Contains(' ', StringComparison.Ordinal))))
        {
            refusals.Add(new Refusal("api-key.scopes", "scopes must be such as deals:read, deals:write, *:read or *.", "scopes"));
        }

        return refusals;
    }
}
