using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Partners;

/// <summary>Which partner a step is about.</summary>
internal abstract record PartnerStepInput
{
    /// <summary>The partner; by default the one the case belongs to.</summary>
    [StepInput(Description = "The partner; by default the one the case belongs to.")]
    public PartnerId? PartnerId { get; init; }

    /// <summary>Loads the partner that is named, or the one the case belongs to.</summary>
    public async Task<Partner> LoadAsync(StepContext context, CancellationToken ct)
    {
        var id = PartnerId ?? context.Partner ?? throw new StepInputException("The input 'partnerId' is missing, and the case belongs to no partner.");
        return await context.Db.FindAsync<Partner>([id], ct)
            ?? throw new StepInputException($"The input 'partnerId' names the partner '{id}', which does not exist.");
    }
}
