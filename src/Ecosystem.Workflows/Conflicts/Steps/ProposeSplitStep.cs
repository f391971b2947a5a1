using System.Text.Json;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>Inputs of <see cref="ProposeSplitStep"/>.</summary>
internal sealed record ProposeSplitInput : ConflictStepInput
{
    /// <summary>The partner that the customer chose in writing.</summary>
    [StepInput(DisplayName = "Chosen by the customer", Description = "The partner that the customer chose in writing, which goes before everything else; empty when it chose none. With one, it is proposed anew.")]
    public PartnerId? CustomerChoice { get; init; }
}

/// <summary>Outputs of <see cref="ProposeSplitStep"/>.</summary>
internal sealed record ProposeSplitOutput
{
    /// <summary>The proposals with their arithmetic, recommended first.</summary>
    public required IReadOnlyList<SplitProposal> Proposals { get; init; }

    /// <summary>The kind of the recommended proposal; null when there is none.</summary>
    public string? Recommended { get; init; }

    /// <summary>Who is ahead.</summary>
    public PartnerId? Leader { get; init; }

    /// <summary>The step of the ladder that decided it.</summary>
    public string? Precedence { get; init; }

    /// <summary>How many partners contest the deal.</summary>
    public required int Parties { get; init; }

    /// <summary>The partners that contest the deal, in the order they submitted.</summary>
    public IReadOnlyList<ContestingPartner> Partners { get; init; } = [];

    /// <summary>The contested deal.</summary>
    public required DealId DealId { get; init; }

    /// <summary>The stored decision.</summary>
    public DecisionId? DecisionId { get; init; }
}

/// <summary>A partner in the output of <see cref="ProposeSplitStep"/>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Evidence">What its registration says of its work, the first of it.</param>
internal sealed record ContestingPartner(PartnerId Id, string Name, IReadOnlyList<string> Evidence);

/// <summary>Computes how a contested deal may be split.</summary>
[WorkflowStep("Ecosystem.ProposeSplit", DisplayName = "Propose split", Category = "Deals", Icon = "pie_chart", Outcomes = ["Proposed", "OneParty"],
    Description = "Computes up to three ways to split a contested deal with the ruleset conflict-split. OneParty: nobody else is involved, so there is nothing to split.")]
internal sealed class ProposeSplitStep(ConflictService conflicts) : WorkflowStep<ProposeSplitInput, ProposeSplitOutput>
{
    // What is handed on stays small, whatever partners paste into a registration.
    private const int MostEvidence = 5;
    private const int LongestEvidence = 500;

    protected override async Task<StepResult<ProposeSplitOutput>> ExecuteAsync(ProposeSplitInput input, StepContext context, CancellationToken ct)
    {
        var conflict = await conflicts.ProposeAsync(context.Db, input.Resolve(context), input.CustomerChoice, context.Actor, ct);
        var parties = conflict.Parties.ConvertAll(party => party.PartnerId);
        var names = await context.Db.Set<Partner>().Where(partner => parties.Contains(partner.Id)).ToDictionaryAsync(partner => partner.Id, partner => partner.LegalName, ct);
        var contested = conflict.Parties.Select(party => party.DealId).OfType<DealId>().ToList();
        var evidence = await context.Db.Set<Deal>().Where(deal => contested.Contains(deal.Id)).ToDictionaryAsync(deal => deal.Id, deal => deal.EvidenceJson, ct);
        var proposals = JsonSerializer.Deserialize<SplitProposal[]>(conflict.ProposalsJson, StoredJson.Options) ?? [];
        return StepResult.Done(
            new ProposeSplitOutput
            {
                Proposals = proposals,
                Recommended = proposals.Length > 0 ? proposals[0].Kind : null,
                Leader = conflict.Leader,
                Precedence = conflict.Precedence,
                Parties = conflict.Parties.Count,
                Partners =
                [
                    .. conflict.Parties.OrderBy(party => party.SubmittedAt).ThenBy(party => party.PartnerId.Value, StringComparer.Ordinal)
                        .Select(party => new ContestingPartner(party.PartnerId, names.GetValueOrDefault(party.PartnerId) ?? party.PartnerId.Value, Evidence(party.DealId is { } deal ? evidence.GetValueOrDefault(deal) : null))),
                ],
                DealId = conflict.DealId,
                DecisionId = conflict.SplitDecisionId,
            },
            proposals.Length > 0 ? "Proposed" : "OneParty");
    }

    private static List<string> Evidence(string? json) =>
        [.. (JsonSerializer.Deserialize<string[]>(json ?? "[]", StoredJson.Options) ?? []).Take(MostEvidence).Select(text => text.Length <= LongestEvidence ? text : text[..LongestEvidence] + "…")];
}
