using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Tasks;

/// <summary>The argument of the update <c>completeTask</c>, which every workflow that makes human tasks has.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Outcome">The outcome that was chosen.</param>
/// <param name="Data">What the form gave.</param>
/// <param name="Comment">What was said with it.</param>
/// <param name="Actor">Who answers.</param>
/// <param name="Link">The signed link by which the answer came, which is used up with it; null for none.</param>
public sealed record TaskAnswer(string TaskId, string Outcome, JsonObject? Data, string? Comment, TaskActor Actor, string? Link = null)
{
    /// <summary>The name of the update.</summary>
    public const string Update = "completeTask";
}

/// <summary>An actor as it travels to a workflow.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">What pages show.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Source">Through which door.</param>
/// <param name="Partner">The partner the actor acts for; null for the vendor's own people.</param>
public sealed record TaskActor(string Id, string Name, IReadOnlyList<string> Roles, ActorSource Source, string? Partner = null)
{
    /// <summary>Makes one.</summary>
    /// <param name="actor">The actor.</param>
    /// <returns>The travelling form.</returns>
    public static TaskActor Of(Actor actor) => new(actor.Id, actor.Name, [.. actor.Roles.Order(StringComparer.Ordinal)], actor.Source, actor.Partner?.Value);

    /// <summary>Gives the actor back.</summary>
    /// <returns>The actor.</returns>
    public Actor ToActor() => new()
    {
        Id = Id,
        Name = Name,
        Roles = Roles.ToFrozenSet(StringComparer.Ordinal),
        Source = Source,
        Partner = Partner is null ? null : new PartnerId(Partner),
    };
}

/// <summary>What the update <c>completeTask</c> gives.</summary>
/// <param name="Refusals">Why the answer was not taken; empty when it was.</param>
public sealed record TaskAnswered(IReadOnlyList<Refusal> Refusals);
