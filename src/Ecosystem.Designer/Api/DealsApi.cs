using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/deals</c>: registrations and what happens to them.</summary>
internal static class DealsApi
{
    /// <summary>A registration as it is sent. The amount is a decimal text or number beside its currency, or one money object.</summary>
    internal sealed record NewDeal
    {
        /// <summary>Who registers.</summary>
        public required string PartnerId { get; init; }

        /// <summary>Who buys.</summary>
        public CustomerDetails? Customer { get; init; }

        /// <summary>Names as in the price book.</summary>
        public IReadOnlyList<string> Products { get; init; } = [];

        /// <summary>The estimated value in <see cref="Currency"/>.</summary>
        public required Amount Amount { get; init; }

        /// <summary>ISO 4217 code; may be left out when <see cref="Amount"/> is a money object.</summary>
        public string? Currency { get; init; }

        /// <summary>When the customer should decide.</summary>
        public DateOnly? ExpectedClose { get; init; }

        /// <summary>What shows that the partner works on it.</summary>
        public IReadOnlyList<string> Evidence { get; init; } = [];

        /// <summary>Where; the partner's region by default.</summary>
        public string? Territory { get; init; }

        /// <summary>Whether the customer buys by public tender.</summary>
        public bool PublicTender { get; init; }
    }

    /// <summary>Asks for a longer protection.</summary>
    internal sealed record Extend(int? Days = null, string? Reason = null);

    /// <summary>Takes a registration back.</summary>
    internal sealed record Withdraw(string? Reason = null);

    /// <summary>Takes a protection back.</summary>
    internal sealed record Revoke(string? Reason = null);

    /// <summary>Submits a rejected registration again.</summary>
    internal sealed record Resubmit(string? Reason = null);

    /// <summary>How a deal ended.</summary>
    internal sealed record Close(DealResult Result, DateOnly ClosedOn, Amount? Amount = null, string? Currency = null, string? Reason = null);

    /// <summary>What a partner did for a deal.</summary>
    internal sealed record NewTouchpoint(string PartnerId, TouchRole Kind, DateOnly OccurredOn, string? Evidence = null, decimal? Confidence = null);

    /// <summary>A recorded touchpoint.</summary>
    internal sealed record Recorded(TouchpointId TouchpointId);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var deals = api.MapGroup("/deals").WithTags("Deals");
        deals.MapGet("", FindAsync).RequireAuthorization(Access.Read("deals")).WithSummary("Finds deals by partner, state and customer");
        deals.MapPost("", RegisterAsync).RequireAuthorization(Access.Write("deals", Access.DealMakers)).WithSummary("Registers a deal and starts its case");
        deals.MapGet("/{id}", GetAsync).RequireAuthorization(Access.Read("deals")).WithSummary("Shows one deal: state, protection, conflict, what may be done");
        deals.MapPost("/{id}/extend", ExtendAsync).RequireAuthorization(Access.Write("deals", Access.DealMakers)).WithSummary("Asks for a longer protection");
        deals.MapPost("/{id}/withdraw", WithdrawAsync).RequireAuthorization(Access.Write("deals", Access.DealMakers)).WithSummary("Withdraws a registration");
        deals.MapPost("/{id}/revoke", RevokeAsync).RequireAuthorization(Access.Write("deals", Access.DealJudges)).WithSummary("Takes a protection back");
        deals.MapPost("/{id}/resubmit", ResubmitAsync).RequireAuthorization(Access.Write("deals", Access.DealMakers)).WithSummary("Submits a rejected registration again");
        deals.MapPost("/{id}/close", CloseAsync).RequireAuthorization(Access.Write("deals", Access.DealMakers)).WithSummary("Reports a deal as won or lost");
        deals.MapPost("/{id}/touchpoints", TouchAsync).RequireAuthorization(Access.Write("deals", Access.DealMakers)).WithSummary("Records what a partner did for a deal");
        deals.MapGet("/{id}/attribution", AttributionAsync).RequireAuthorization(Access.Read("deals")).WithSummary("Divides a deal's credit by one of the attribution models");
    }

    private static async Task<Ok<Page<DealView>>> FindAsync(
        DealService deals, HttpContext http, string? partnerId, DealState? state, string? query, string? cursor, int? limit, CancellationToken ct) =>
        TypedResults.Ok(await deals.FindAsync(
            new DealQuery(EntityId.IsValid(partnerId) ? new PartnerId(partnerId) : null, state, query), Lists.Page(cursor, limit), http.Actor(), ct));

    private static async Task<Results<Accepted<DealRegistered>, ProblemHttpResult>> RegisterAsync(NewDeal body, DealService deals, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(body.PartnerId))
        {
            return ApiProblem.From(Refusal.NotFound("partner", body.PartnerId, "partnerId"));
        }

        if (!body.Amount.In(body.Currency).TryGet(out var amount))
        {
            return ApiProblem.From(body.Amount.In(body.Currency));
        }

        var registration = new DealRegistration
        {
            Id = IdempotencyKey.Id(http, "deal-") is { } id ? new DealId(id) : null,
            PartnerId = new PartnerId(body.PartnerId),
            Customer = body.Customer,
            Products = body.Products,
            Amount = amount,
            ExpectedClose = body.ExpectedClose,
            Evidence = body.Evidence,
            Territory = body.Territory,
            PublicTender = body.PublicTender,
        };
        var result = await deals.RegisterAsync(registration, http.Actor(), ct);
        return result.TryGet(out var registered) ? TypedResults.Accepted($"{ApiSetup.Root}/deals/{registered.DealId}", registered) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<DealView>, ProblemHttpResult>> GetAsync(string id, DealService deals, HttpContext http, CancellationToken ct)
    {
        if (await OneAsync(id, deals, http, ct) is not { } deal)
        {
            return ApiProblem.NotFound("deal", id);
        }

        http.Tag(deal.Version);
        return TypedResults.Ok(deal);
    }

    private static Task<Results<Ok<DealView>, ProblemHttpResult>> ExtendAsync(string id, Extend body, DealService deals, HttpContext http, CancellationToken ct) =>
        ChangeAsync(id, deals, http, deal => deals.RequestExtensionAsync(deal, body.Days, body.Reason, http.Actor(), ct), ct);

    private static Task<Results<Ok<DealView>, ProblemHttpResult>> WithdrawAsync(string id, Withdraw body, DealService deals, HttpContext http, CancellationToken ct) =>
        ChangeAsync(id, deals, http, deal => deals.WithdrawAsync(deal, body.Reason, http.Actor(), ct), ct);

    private static Task<Results<Ok<DealView>, ProblemHttpResult>> RevokeAsync(string id, Revoke body, DealService deals, HttpContext http, CancellationToken ct) =>
        ChangeAsync(id, deals, http, deal => deals.RevokeAsync(deal, body.Reason, http.Actor(), ct), ct);

    private static async Task<Results<Accepted<DealRegistered>, ProblemHttpResult>> ResubmitAsync(string id, Resubmit body, DealService deals, HttpContext http, CancellationToken ct)
    {
        if (await OneAsync(id, deals, http, ct) is not { } deal)
        {
            return ApiProblem.NotFound("deal", id);
        }

        if (http.Stale(deal.Version) is { } stale)
        {
            return stale;
        }

        var result = await deals.ResubmitAsync(deal.Id, body.Reason, http.Actor(), ct);
        return result.TryGet(out var submitted) ? TypedResults.Accepted($"{ApiSetup.Root}/deals/{id}", submitted) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<DealView>, ProblemHttpResult>> CloseAsync(string id, Close body, DealService deals, HttpContext http, CancellationToken ct)
    {
        Money? amount = null;
        if (body.Amount is { } given)
        {
            var read = given.In(body.Currency);
            if (!read.TryGet(out var money))
            {
                return ApiProblem.From(read);
            }

            amount = money;
        }

        return await ChangeAsync(id, deals, http, deal => deals.CloseAsync(deal, new DealClose(body.Result, body.ClosedOn, amount, body.Reason), http.Actor(), ct), ct);
    }

    private static async Task<Results<Created<Recorded>, ProblemHttpResult>> TouchAsync(
        string id, NewTouchpoint body, TouchpointService touchpoints, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id))
        {
            return ApiProblem.NotFound("deal", id);
        }

        if (!EntityId.IsValid(body.PartnerId))
        {
            return ApiProblem.From(Refusal.NotFound("partner", body.PartnerId, "partnerId"));
        }

        var touch = new TouchpointRegistration
        {
            Id = IdempotencyKey.Id(http, "touch-") is { } key ? new TouchpointId(key) : null,
            PartnerId = new PartnerId(body.PartnerId),
            Role = body.Kind,
            OccurredOn = body.OccurredOn,
            Evidence = body.Evidence,
            Confidence = body.Confidence,
        };
        var result = await touchpoints.RecordAsync(new DealId(id), touch, http.Actor(), ct);
        return result.TryGet(out var recorded) ? TypedResults.Created($"{ApiSetup.Root}/deals/{id}/attribution", new Recorded(recorded)) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<AttributionView>, ProblemHttpResult>> AttributionAsync(
        string id, AttributionService attribution, HttpContext http, string? model, CancellationToken ct)
    {
        if (!EntityId.IsValid(id))
        {
            return ApiProblem.NotFound("deal", id);
        }

        if (!Enum.TryParse<AttributionModel>(model ?? nameof(AttributionModel.Rules), ignoreCase: true, out var known) || !Enum.IsDefined(known))
        {
            return ApiProblem.From(new Refusal(
                "attribution.model", $"'{model}' is not a model; use one of {string.Join(", ", Enum.GetNames<AttributionModel>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName))}.", "model"));
        }

        var result = await attribution.ExplainAsync(new DealId(id), known, http.Actor(), cancellationToken: ct);
        return result.TryGet(out var view) ? TypedResults.Ok(view) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<DealView>, ProblemHttpResult>> ChangeAsync(
        string id, DealService deals, HttpContext http, Func<DealId, Task<Result<DealView>>> change, CancellationToken ct)
    {
        if (await OneAsync(id, deals, http, ct) is not { } deal)
        {
            return ApiProblem.NotFound("deal", id);
        }

        if (http.Stale(deal.Version) is { } stale)
        {
            return stale;
        }

        var result = await change(deal.Id);
        if (!result.TryGet(out var changed))
        {
            return ApiProblem.From(result);
        }

        http.Tag(changed.Version);
        return TypedResults.Ok(changed);
    }

    private static async Task<DealView?> OneAsync(string id, DealService deals, HttpContext http, CancellationToken ct) =>
        EntityId.IsValid(id) ? await deals.GetAsync(new DealId(id), http.Actor(), ct) : null;
}
