using CsCheck;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Conflicts;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Tiering;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Conflicts;

public class ConflictTests : LifecycleTest
{
    private ConflictService Conflicts => Get<ConflictService>();

    [Fact]
    public async Task Detect_SameCustomerAndProductOfAnotherPartner_IsHard()
    {
        var (first, second) = await TwoDealsAsync();
        var finding = await DetectAsync(second);
        Assert.Equal((ConflictLevel.Hard, first, "partner-partner"), (finding.Level, finding.Against!.Value, finding.Kind));
        Assert.Contains("the same customer record", Assert.Single(finding.Matches).Keys);
    }

    [Theory]
    [InlineData("named", "south", "", ConflictLevel.Hard, "named-account")]
    [InlineData("named", "direct", "", ConflictLevel.Hard, "named-account")]
    [InlineData("named", "north", "", ConflictLevel.None, "none")]
    [InlineData("named", "south", "Other Product", ConflictLevel.None, "none")]
    [InlineData("opportunity", "direct", "GTX Pro;Other Product", ConflictLevel.Hard, "partner-direct")]
    [InlineData("opportunity", "south", "gtx pro", ConflictLevel.Hard, "partner-partner")]
    [InlineData("contract", "south", "", ConflictLevel.None, "none")]
    [InlineData("contract", "south", "", ConflictLevel.Hard, "renewal-incumbent", 179)]
    [InlineData("contract", "south", "", ConflictLevel.None, "none", -1)]
    public async Task Detect_CustomerHeldWithoutARegistration_ByKindHolderProductsAndTime(string kind, string holder, string products, ConflictLevel level, string conflict, int? endsIn = null)
    {
        await ActivePartnerAsync("south");
        var north = await ActivePartnerAsync("north");
        await ClaimAsync(kind, holder, products, endsIn is { } days ? Today.AddDays(days) : null);
        var finding = await DetectAsync(await DealInAsync(DealState.Checking, north, "d1"));
        Assert.Equal((level, conflict, null), (finding.Level, finding.Kind, finding.Against));
        var match = level == ConflictLevel.None ? null : Assert.Single(finding.Matches);
        Assert.Equal(match is null || holder == "direct" ? null : new PartnerId(holder), match?.PartnerId);
    }

    [Fact]
    public async Task OpenPropose_AgainstANamedAccount_MakesItsPartnerAPartyAndTheLeader()
    {
        await ActivePartnerAsync("south");
        await ClaimAsync("named", "south");
        var deal = await DealInAsync(DealState.Checking, await ActivePartnerAsync("north"), "d1");
        var conflict = (await Conflicts.GetAsync(await OpenAsync(deal), Ops))!;
        Assert.Equal(["north", "south"], conflict.Parties.Select(party => party.PartnerId.Value).Order());
        Assert.Null(conflict.Parties.Single(party => party.PartnerId.Value == "south").DealId);
        Assert.Equal(("south", "named-account"), (conflict.Leader?.Value, conflict.Precedence));
        Assert.NotNull(await Conflicts.GetAsync(conflict.Id, Actor.OfPartner("u", "U", new PartnerId("south"))));
    }

    [Theory]
    [InlineData("south", null, "incumbent", "south")]
    [InlineData("south", "north", "incumbent", "north")]
    [InlineData(null, null, "capability", "south")]
    public async Task Propose_SameDayAndEvidence_TheIncumbentThenTheMoreCapableIsAhead(string? wonLast, string? contract, string precedence, string leader)
    {
        var (first, second) = (await ActivePartnerAsync("north"), await ActivePartnerAsync("south"));
        if (wonLast is not null)
        {
            await DealInAsync(DealState.Protected, new PartnerId(wonLast), "old");
            await Deals.CloseAsync(new DealId("old"), new DealClose(DealResult.Won, Today, new Money(1000m, "EUR")), System);
        }

        if (contract is not null)
        {
            await ClaimAsync("contract", contract, until: Today.AddYears(1));
        }

        await ReviewedAsync(first, 60m);
        await ReviewedAsync(second, 75m);
        await DealInAsync(DealState.Checking, first, "d1");
        await DealInAsync(DealState.Checking, second, "d2");
        foreach (var (partner, deal) in new[] { (first, "d1"), (second, "d2") })
        {
            Assert.True((await Get<TouchpointService>().RecordAsync(new DealId(deal), new TouchpointRegistration { PartnerId = partner, Role = TouchRole.Sourced, OccurredOn = Today, Evidence = "Met.", Confidence = 1m }, Ops)).IsSuccess);
        }

        var conflict = (await Conflicts.GetAsync(await OpenAsync(new DealId("d2")), Ops))!;
        Assert.Equal((precedence, leader), (conflict.Precedence, conflict.Leader?.Value));
    }

    [Theory]
    [InlineData("Acme Corporation", "Other Product", ConflictLevel.None)]
    [InlineData("Zenith AG", "GTX Pro", ConflictLevel.None)]
    [InlineData("Acme Corporation", "gtx pro", ConflictLevel.Hard)]
    public async Task Detect_ByCustomerAndProduct(string customer, string product, ConflictLevel level)
    {
        await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"), "d1", "Acme Corporation");
        var deal = await DealInAsync(DealState.Checking, await ActivePartnerAsync("south"), "d2", customer, product);
        Assert.Equal(level, (await DetectAsync(deal)).Level);
    }

    [Fact]
    public async Task Detect_ClosedDeal_DoesNotCount()
    {
        var (first, second) = await TwoDealsAsync();
        await Deals.WithdrawAsync(first, "Gone.", System);
        Assert.Equal(ConflictLevel.None, (await DetectAsync(second)).Level);
    }

    [Fact]
    public async Task Detect_OnePartnersTwoOpportunities_AreTwoOnlyWithIdsOfTheirOwn()
    {
        var north = await ActivePartnerAsync("north");
        await Deals.RegisterAsync(Registration(north, "d1") with { OpportunityKey = "o1" }, System);
        await Deals.RegisterAsync(Registration(north, "d2") with { OpportunityKey = "o2" }, System);
        Assert.Equal(ConflictLevel.None, (await DetectAsync(new DealId("d2"))).Level);
        await Deals.RegisterAsync(Registration(north, "d3"), System);
        Assert.Equal("same-partner-twice", (await DetectAsync(new DealId("d3"))).Kind);
    }

    [Fact]
    public async Task Detect_PlantedPairs_AreFoundAndOthersAreNot()
    {
        // Names as different systems spell them, each registered by two partners; every customer differs from the others.
        string[] spellings = ["{0} GmbH", "{0} Inc.", "{0}, LTD", "  {0} S.A. ", "{0} Co. KG"];
        string[] customers = ["Acme Corporation", "Betasoloin", "Cancity", "Donquadtech", "Faxquote", "Golddex", "Hatfan", "Isdom", "Konex", "Lexiqvolax", "Mathtouch", "Nam-zim", "Opentech", "Plussunin", "Rangreen", "Scottech", "Toughzap", "Umbrella", "Vehement", "Xx-zobam"];
        var north = await ActivePartnerAsync("north");
        var south = await ActivePartnerAsync("south");
        for (var i = 0; i < customers.Length; i++)
        {
            await RegisterAsync(north, $"n{i}", string.Format(null, spellings[i % 5], customers[i]));
        }

        var (found, wrong) = (0, 0);
        for (var i = 0; i < customers.Length; i++)
        {
            await RegisterAsync(south, $"s{i}", string.Format(null, spellings[(i + 2) % 5], customers[i].ToUpperInvariant()));
            var finding = await DetectAsync(new DealId($"s{i}"));
            found += finding.Against?.Value == $"n{i}" ? 1 : 0;
            wrong += finding.Matches.Count(match => match.DealId?.Value != $"n{i}" && match.PartnerId == north);
        }

        Assert.Equal((customers.Length, 0), (found, wrong));

        async Task RegisterAsync(PartnerId partner, string id, string customer) => Assert.True((await Deals.RegisterAsync(
            Registration(partner, id) with { Customer = new CustomerDetails { LegalName = customer, Country = "DE" } }, System)).IsSuccess);
    }

    [Fact]
    public async Task OpenProposeRule_ProposalAccepted_FixesSharesAndTellsTheCase()
    {
        var (_, second) = await TwoDealsAsync();
        var id = await OpenAsync(second);
        Assert.Equal(DisputeState.Open, (await DealAsync(second)).Dispute);
        var proposed = (await Conflicts.GetAsync(id, Ops))!;
        Assert.InRange(proposed.Proposals.Count, 1, 3);
        Assert.All(proposed.Proposals, proposal =>
        {
            Assert.Equal(100m, proposal.Shares.Sum(share => share.Share));
            Assert.Equal(1000m, proposal.Shares.Sum(share => share.Amount!.Value.Amount));
        });

        var ruled = (await Conflicts.RuleAsync(id, new ConflictRuling { Proposal = proposed.Proposals[0].Kind }, Ops)).Value;
        Assert.Equal((ConflictStatus.Ruled, proposed.Proposals[0].Kind), (ruled.Status, ruled.Outcome));
        Assert.Equal(DisputeState.Ruled, (await DealAsync(second)).Dispute);
        Assert.Equal(100m, await Storage.ReadAsync(async (db, token) => (await db.Set<SplitShare>().Where(share => share.DealId == second).ToListAsync(token)).Sum(share => share.Share)));
        Assert.True((await Conflicts.RuleAsync(id, new ConflictRuling { Proposal = proposed.Proposals[0].Kind }, Ops)).IsSuccess);
        Assert.Equal("conflict.ruled", (await Conflicts.RuleAsync(id, new ConflictRuling { Shares = Own(50, 50), Reason = "Changed my mind." }, Ops)).Refusal!.Code);
    }

    [Fact]
    public async Task Propose_TheCustomerChoseTheSecond_GoesBeforeTheActiveProtection()
    {
        var (_, second) = await TwoDealsAsync();
        var id = await OpenAsync(second);
        Assert.Equal(("north", "protection"), Ahead((await Conflicts.GetAsync(id, Ops))!));

        var subject = new Subject("conflict", id.Value);
        await Assert.ThrowsAsync<StepInputException>(() => RunStepAsync("Ecosystem.ProposeSplit", subject, null, new() { ["customerChoice"] = "west" }));
        await RunStepAsync("Ecosystem.ProposeSplit", subject, null, new() { ["customerChoice"] = "south" });
        Assert.Equal(("south", "customer-choice"), Ahead((await Conflicts.GetAsync(id, Ops))!));

        // Asked again without one, it stays; once it is ruled on, too.
        await RunStepAsync("Ecosystem.ProposeSplit", subject, null, []);
        await Conflicts.RuleAsync(id, new ConflictRuling { Proposal = "sole" }, Ops);
        await RunStepAsync("Ecosystem.ProposeSplit", subject, null, new() { ["customerChoice"] = "north" });
        Assert.Equal(("south", "customer-choice"), Ahead((await Conflicts.GetAsync(id, Ops))!));

        static (string?, string?) Ahead(ConflictView view) => (view.Leader?.Value, view.Precedence);
    }

    [Fact]
    public async Task Rule_DealThatWasSubmittedAgain_ReplacesTheEarlierShares()
    {
        var (_, second) = await TwoDealsAsync();
        await Conflicts.RuleAsync(await OpenAsync(second), new ConflictRuling { Shares = Own(60, 40), Reason = "So." }, Ops);
        await DoAsync(second, new DealCommand(DealAction.Reject, Clock.GetUtcNow(), "Incomplete.") { Resubmittable = true });
        Assert.True((await Deals.ResubmitAsync(second, "Complete now.", System)).IsSuccess);
        Assert.Equal((DisputeState.None, null), ((await DealAsync(second)).Dispute, (await DealAsync(second)).ConflictId));

        var ruled = await Conflicts.RuleAsync(await OpenAsync(second), new ConflictRuling { Shares = Own(30, 70), Reason = "More evidence." }, Ops);

        Assert.True(ruled.IsSuccess, ruled.Refusal?.Message);
        Assert.Equal([30m, 70m], await Storage.ReadAsync(async (db, token) => (await db.Set<SplitShare>().Where(share => share.DealId == second).OrderBy(share => share.PartnerId).ToListAsync(token)).Select(share => share.Share)));
    }

    [Fact]
    public async Task Rule_OwnShares_MustBeComplete()
    {
        var (_, second) = await TwoDealsAsync();
        var id = await OpenAsync(second);
        Assert.Equal(["conflict.shares-sum"], Codes(await Conflicts.RuleAsync(id, new ConflictRuling { Shares = Own(50, 49.99m), Reason = "So." }, Ops)));
        Assert.Equal(["conflict.share-invalid", "conflict.share-invalid"], Codes(await Conflicts.RuleAsync(id, new ConflictRuling { Shares = Own(33.333m, 66.667m), Reason = "So." }, Ops)));
        Assert.Equal(["conflict.reason-missing"], Codes(await Conflicts.RuleAsync(id, new ConflictRuling { Shares = Own(70, 30) }, Ops)));
        Assert.Equal(["conflict.not-a-party"], Codes(await Conflicts.RuleAsync(id, new ConflictRuling { Shares = [new(new PartnerId("north"), CreditRole.Contributor, 50), new(new PartnerId("x"), CreditRole.Contributor, 50)], Reason = "So." }, Ops)));
        Assert.Equal(["conflict.partner-twice"], Codes(await Conflicts.RuleAsync(id, new ConflictRuling { Shares = [new(new PartnerId("north"), CreditRole.Contributor, 50), new(new PartnerId("north"), CreditRole.Contributor, 50)], Reason = "So." }, Ops)));
        Assert.Equal(["actor.forbidden"], Codes(await Conflicts.RuleAsync(id, new ConflictRuling(), Actor.OfPartner("u", "U", new PartnerId("north")))));
        Assert.Equal(["conflict.proposal-unknown"], Codes(await Conflicts.RuleAsync(id, new ConflictRuling { Proposal = "coin-toss" }, Ops)));
        Assert.Equal(ConflictStatus.Open, (await Conflicts.GetAsync(id, Ops))!.Status);
        Assert.Equal("own", (await Conflicts.RuleAsync(id, new ConflictRuling { Shares = Own(70.01m, 29.99m), Reason = "So." }, Ops)).Value.Outcome);
    }

    [Fact]
    public async Task Get_AsAParty_ShowsOnlyItsOwnSide()
    {
        var (first, second) = await TwoDealsAsync();
        var id = await OpenAsync(second);
        var view = (await Conflicts.GetAsync(id, Actor.OfPartner("u", "U", new PartnerId("north"))))!;
        Assert.Equal((2, "north"), (view.PartyCount, Assert.Single(view.Parties).PartnerId.Value));
        Assert.Empty(view.Matches);
        Assert.Null(view.DealId);
        Assert.All(view.Proposals.SelectMany(proposal => proposal.Shares), share => Assert.Equal("north", share.PartnerId.Value));
        Assert.Null(await Conflicts.GetAsync(id, Actor.OfPartner("u", "U", await ActivePartnerAsync("west"))));
        Assert.Equal(second, (await Conflicts.GetAsync(id, Actor.OfPartner("u", "U", new PartnerId("south"))))!.DealId);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void CheckShares_AnySharesThatPass_SumToExactlyOneHundred() =>
        Gen.Int[-100, 12_000].Select(value => value / 100m).Array[1, 4].Sample(values =>
        {
            PartnerId[] parties = [.. Enumerable.Range(0, values.Length).Select(i => new PartnerId($"p{i}"))];
            var refusals = ConflictService.CheckShares([.. values.Select((value, i) => new ProposedShare(parties[i], CreditRole.Contributor, value))], parties);
            return (refusals.Count == 0) == (values.Sum() == 100m && values.All(value => value is > 0 and <= 100));
        });

    [Fact]
    public async Task CreditAsync_WithARuling_FollowsItToTheCent()
    {
        var (_, second) = await TwoDealsAsync();
        var id = await OpenAsync(second);
        await Conflicts.RuleAsync(id, new ConflictRuling { Shares = Own(33.33m, 66.67m), Reason = "Thirds." }, Ops);
        await DoAsync(second, new DealCommand(DealAction.Protect, Clock.GetUtcNow()));
        await Deals.CloseAsync(second, new DealClose(DealResult.Won, new DateOnly(2026, 1, 5), new Money(0.05m, "EUR")), System);
        var credits = await CreditAsync(second);
        Assert.Equal([("north", 33.33m, 0.02m), ("south", 66.67m, 0.03m)], credits.Select(credit => (credit.PartnerId.Value, credit.Share, credit.Amount.Amount)));
        Assert.Equal(credits.Count, (await CreditAsync(second)).Count);
    }

    private static ProposedShare[] Own(decimal north, decimal south) =>
        [new(new PartnerId("north"), CreditRole.Contributor, north), new(new PartnerId("south"), CreditRole.Contributor, south)];

    private static IEnumerable<string> Codes(Result<ConflictView> result) => result.Refusals.Select(refusal => refusal.Code);

    private async Task<(DealId First, DealId Second)> TwoDealsAsync()
    {
        var first = await DealInAsync(DealState.Protected, await ActivePartnerAsync("north"), "d1");
        Clock.Advance(TimeSpan.FromHours(1));
        return (first, await DealInAsync(DealState.Checking, await ActivePartnerAsync("south"), "d2"));
    }

    private Task<ConflictFinding> DetectAsync(DealId id) => Storage.WriteAsync(async (db, token) =>
        await Conflicts.DetectAsync(db, (await db.Set<Deal>().FindAsync([id], token))!, System, token));

    private async Task<ConflictId> OpenAsync(DealId deal)
    {
        var finding = await DetectAsync(deal);
        return await Storage.WriteAsync(async (db, token) =>
        {
            var recalled = await ConflictDetector.RecallAsync(db, finding.DecisionId, token);
            Assert.Equal(finding.Matches.Select(match => (match.DealId, match.Score)), recalled.Matches.Select(match => (match.DealId, match.Score)));
            var conflict = await Conflicts.OpenAsync(db, (await db.Set<Deal>().FindAsync([deal], token))!, recalled, System, true, token);
            await db.SaveChangesAsync(token);
            Assert.Equal("conflict-resolution", (await db.Set<CaseRecord>().SingleAsync(row => row.Id == conflict.CaseId, token)).Kind);
            await Conflicts.ProposeAsync(db, conflict.Id, null, System, token);
            return conflict.Id;
        });
    }

    private DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    private Task ReviewedAsync(PartnerId partner, decimal score) => Storage.WriteAsync((db, _) =>
    {
        db.Add(new TierReview { PartnerId = partner, AsOf = Today, Change = "keep", Score = score, GapsJson = "[]", DecisionId = new DecisionId("d") });
        return Task.CompletedTask;
    });

    private Task<IReadOnlyList<DealCredit>> CreditAsync(DealId id) => Storage.WriteAsync(async (db, token) =>
        await Get<AttributionService>().CreditAsync(db, (await db.Set<Deal>().FindAsync([id], token))!, System, token));
}
