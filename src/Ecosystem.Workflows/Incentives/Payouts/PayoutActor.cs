using System.Collections.Frozen;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>An actor as it travels in the messages of a payout run.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">What pages show.</param>
/// <param name="Roles">Roles.</param>
/// <param name="Source">Through which door.</param>
internal sealed record PayoutActor(string Id, string Name, IReadOnlyList<string> Roles, ActorSource Source)
{
    public static PayoutActor Of(Actor actor) => new(actor.Id, actor.Name, [.. actor.Roles.Order(StringComparer.Ordinal)], actor.Source);

    public Actor ToActor() => new() { Id = Id, Name = Name, Roles = Roles.ToFrozenSet(StringComparer.Ordinal), Source = Source };
}
