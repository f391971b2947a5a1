using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Ecosystem.Designer.Tests.Api;

/// <summary>No partner sees or changes what belongs to another, whatever it calls with whatever id.</summary>
public sealed class PartnerIsolationTests(HostFixture host, TwoPartners world) : IClassFixture<TwoPartners>
{
    private static readonly string[] Writes =
    [
        "deals/{id}/extend", "deals/{id}/withdraw", "deals/{id}/resubmit", "deals/{id}/close", "tasks/{id}/claim", "tasks/{id}/release", "tasks/{id}/complete", "tasks/{id}/delegate",
        "decisions/{id}/replay", "conflicts/{id}/rule",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Api_AnyReadByAPartner_ShowsNothingOfTheOther()
    {
        var paths = await ReadsAsync();
        Assert.Contains("/api/v1/deals/{id}", paths);
        var ids = OneOf([.. world.Ids.Values.SelectMany(list => list)]);
        var queries = Gen.OneOf(
            Gen.Const("limit=200"), ids.Select(id => $"partnerId={id}"), ids.Select(id => $"query={id}"), ids.Select(id => $"case={id}&status=all"), ids.Select(id => $"cursor={id}&limit=200"),
            Gen.Const("period=2026-11"), OneOf("linear", "first", "shapley", "rules").Select(model => $"model={model}"),
            Gen.Select(OneOf("deal", "partner", "conflict", "case"), ids, (kind, id) => $"subjectKind={kind}&subjectId={id}"));
        var read = 0;
        await Gen.Select(OneOf([.. paths]), ids, queries, Gen.Bool).SampleAsync(
            async (path, id, query, firstLooks) =>
            {
                var (viewer, other) = firstLooks ? (world.First, world.Second) : (world.Second, world.First);

                // Mostly an id of the kind the path takes; sometimes any other.
                var kind = path.Split('/')[3];
                var fitting = world.Ids.GetValueOrDefault(kind) is { } some && query.Length % 5 != 0 ? some[Math.Abs(HashCode.Combine(id, query)) % some.Count] : id;
                using var answer = await viewer.Client.GetAsync($"{path.Replace("{id}", fitting, StringComparison.Ordinal).Replace("{name}", fitting, StringComparison.Ordinal)}?{query}", Ct);
                var text = await answer.Content.ReadAsStringAsync(Ct);
                read += answer.IsSuccessStatusCode ? 1 : 0;

                // The first is credited for the second's deal, so its own earnings name that deal.
                var leaked = other.Secrets.Where(secret => !(firstLooks && secret == other.Deal) && text.Contains(secret, StringComparison.OrdinalIgnoreCase) && !fitting.Contains(secret, StringComparison.Ordinal) && !query.Contains(secret, StringComparison.Ordinal)).ToList();
                var asked = answer.RequestMessage!.RequestUri!.PathAndQuery;
                Assert.True(leaked.Count == 0, $"{asked} showed {string.Join(", ", leaked)}: {text}");

                // Of a deal that credits it, a partner is shown its own share; nothing else answers to the other's ids.
                var ownShare = path.EndsWith("/attribution", StringComparison.Ordinal);
                Assert.False(answer.IsSuccessStatusCode && !ownShare && other.Secrets.Contains(fitting) && path.Contains("{id}", StringComparison.Ordinal), $"{asked} answered {answer.StatusCode}: {text}");
            },
            iter: 1200,
            threads: 1);
        Assert.True(read > 150, $"Only {read} of the calls found anything, which proves little.");
    }

    [Fact]
    public async Task Api_WritesToTheOthersThings_NotFoundAndUnchanged()
    {
        var before = await world.Ops.GetStringAsync($"/api/v1/deals/{world.Second.Deal}", Ct);
        foreach (var path in Writes)
        {
            foreach (var id in world.Ids[path.Split('/')[0]].Where(id => !IsOwn(world.First, id)))
            {
                object body = path.Split('/')[^1] switch
                {
                    "close" => new { result = "lost", closedOn = "2026-11-20" },
                    "complete" => new { outcome = "Sign" },
                    "delegate" => new { to = "somebody" },
                    _ => new { },
                };
                using var answer = await world.First.Client.PostAsJsonAsync($"/api/v1/{path.Replace("{id}", id, StringComparison.Ordinal)}", body, Ct);
                Assert.True(
                    answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden || await IsOwnThingAsync(path, id),
                    $"{path} of {id}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
            }
        }

        Assert.Equal(before, await world.Ops.GetStringAsync($"/api/v1/deals/{world.Second.Deal}", Ct));
    }

    [Fact]
    public async Task Api_DealForAnotherPartner_Refused()
    {
        using var answer = await world.First.Client.PostAsJsonAsync(
            "/api/v1/deals", new { partnerId = world.Second.Id, customer = new { legalName = "X", domain = "x.example", country = "DE" }, products = new[] { "GTX" }, amount = "1.00", currency = "EUR" }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(world.Second.Secrets[2], await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static bool IsOwn(TwoPartners.Side side, string id) => side.Secrets.Contains(id);

    // Tasks and decisions have ids of their own; whose they are is what their reading tells. What reading a decision shows is the other test's matter.
    private async Task<bool> IsOwnThingAsync(string path, string id)
    {
        using var read = await world.First.Client.GetAsync($"/api/v1/{path.Split('/')[0]}/{id}", Ct);
        var text = await read.Content.ReadAsStringAsync(Ct);
        return read.IsSuccessStatusCode && (path.StartsWith("decisions", StringComparison.Ordinal) || text.Contains(world.First.Id, StringComparison.Ordinal) || text.Contains(world.First.Deal, StringComparison.Ordinal));
    }

    private async Task<List<string>> ReadsAsync()
    {
        using var visitor = host.Visitor();
        var document = (await visitor.GetFromJsonAsync<JsonNode>("/openapi/v1.json", Ct))!;
        return [.. document["paths"]!.AsObject().Where(path => path.Value!["get"] is not null).Select(path => path.Key).Order(StringComparer.Ordinal)];
    }
}
