using System.Text.RegularExpressions;
using Ecosystem.Rules.Fluent;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>Every public type and member of NRules 1.0.4 (its three assemblies, read by reflection) is here with the same signature.</summary>
public partial class PublicSurfaceTests
{
    [Fact]
    public void PublicTypes_ComparedWithNRules_OfferTheSame()
    {
        var ours = PublicSurface.Lines(typeof(RuleRepository).Assembly.GetExportedTypes()).ToHashSet();
        var expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Production", "Compatibility", "nrules-1.0.4-surface.txt"));
        Assert.True(expected.Length > 800);
        Assert.DoesNotContain(expected, line => !ours.Contains(line) && !Deliberate().IsMatch(line));
        Assert.All(expected.Where(line => Deliberate().IsMatch(line)), line => Assert.DoesNotContain(line, ours));
    }

    /// <summary>
    /// What is different, and compiles all the same where it is used: event arguments are made by the engine only and give their lambda as what it is,
    /// lists are given as lists, a rule builder returns itself, two overloads are one with an optional parameter, and builders are not derived from.
    /// </summary>
    [GeneratedRegex(
        """
        EventArgs:\ (new\(Expression\ |Expression\ Expression\ get)
        |Diagnostics\.Rete(Graph|Node):\ IReadOnlyCollection
        |RuleBuilder:\ Void\ (Description|Name|Priority|Properties|Property|Repeatability|Tags?)\(
        |Builders\.Element:\ static\ (AggregateElement\ Aggregate\(|IRuleDefinition\ RuleDefinition\(.*FilterGroupElement)
        |AggregateBuilder:\ Void\ Aggregator\(
        |PatternBuilder:\ new\(Type\ type,\ String\ name\)
        |Builder:\ String\ DeclarationName\(|RuleElementBuilder:\ new\(
        |ExpressionCollection:\ ExpressionCollection\ Update\(
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Deliberate();
}
