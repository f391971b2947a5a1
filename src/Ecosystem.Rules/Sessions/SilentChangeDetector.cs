using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>Remembers what the readable members of facts were when the engine was last told about them. For debugging: it is slow.</summary>
internal sealed class SilentChangeDetector
{
    private static readonly ConcurrentDictionary<Type, MemberInfo[]> Members = new();
    private readonly ConditionalWeakTable<Fact, object?[]> _snapshots = [];

    public void Remember(ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts)
        {
            _snapshots.AddOrUpdate(fact, Read(fact));
        }
    }

    public void Forget(ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts)
        {
            _snapshots.Remove(fact);
        }
    }

    public void Check(IEnumerable<Fact> facts, IRuleDefinition? lastFired)
    {
        foreach (var fact in facts)
        {
            if (!_snapshots.TryGetValue(fact, out var before))
            {
                continue;
            }

            var after = Read(fact);
            for (var i = 0; i < before.Length; i++)
            {
                if (!Equals(before[i], after[i]))
                {
                    throw new SilentFactChangeException(
                        fact.Value!, MembersOf(fact.Value!.GetType())[i].Name, before[i], after[i], lastFired?.Name);
                }
            }
        }
    }

    private static object?[] Read(Fact fact) => [.. MembersOf(fact.Value!.GetType()).Select(m => Read(m, fact.Value!))];

    private static object? Read(MemberInfo member, object fact)
    {
        try
        {
            return member is PropertyInfo property ? property.GetValue(fact) : ((FieldInfo)member).GetValue(fact);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    /// <summary>Members that can be set and have a value of their own: of a calculated property, what it is calculated from is watched.</summary>
    private static MemberInfo[] MembersOf(Type type) => Members.GetOrAdd(type, static t =>
    [
        .. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.CanWrite && p.GetIndexParameters().Length == 0),
        .. t.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !f.IsInitOnly),
    ]);
}
