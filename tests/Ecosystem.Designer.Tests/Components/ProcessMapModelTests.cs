using CsCheck;
using Ecosystem.Designer.Components;

namespace Ecosystem.Designer.Tests.Components;

public class ProcessMapModelTests
{
    [Fact]
    public void Parse_DesignerPositions_AreKept()
    {
        var map = ProcessMapModel.Parse("""
            {"root":{"activities":[
              {"id":"a","type":"Elsa.Start","metadata":{"designer":{"position":{"x":100,"y":40}}}},
              {"id":"b","type":"Ecosystem.HumanTask","name":"ReviewApplication","metadata":{"designer":{"position":{"x":400,"y":140}}}}],
             "connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"}}]}}
            """);
        Assert.Equal(300, map.Nodes[1].X - map.Nodes[0].X);
        Assert.Equal(100, map.Nodes[1].Y - map.Nodes[0].Y);
        Assert.Equal("Review application", map.Nodes[1].Title);
        Assert.Null(Assert.Single(map.Edges).Label);
    }

    [Fact]
    public void Parse_NoPositionsAndALoop_LaysOutLayersLeftToRight()
    {
        var map = ProcessMapModel.Parse("""
            {"root":{"activities":[{"id":"a","type":"X"},{"id":"b","type":"X"},{"id":"c","type":"X"}],
             "connections":[
               {"source":"a","sourcePort":"Done","target":"b"},
               {"source":"b","sourcePort":"Rework","target":"a"},
               {"source":{"activity":"b","port":"Approved"},"target":{"activity":"c"}}]}}
            """);
        Assert.Equal(["a", "b", "c"], map.Nodes.Select(node => node.Id));
        Assert.True(map.Nodes[0].X < map.Nodes[1].X && map.Nodes[1].X < map.Nodes[2].X);
        Assert.Contains(map.Edges, edge => edge is { From: "b", To: "a", Label: "Rework" });
    }

    [Fact]
    public void Parse_AnyGraph_EveryStepDrawnOnceAndNoneOverlap() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 29].Array[0, 60]).Sample((count, ends) =>
        {
            var steps = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"id":"s{{i}}","type":"T"}"""));
            var links = string.Join(',', ends.Chunk(2).Where(pair => pair.Length == 2).Select(pair => $$$"""{"source":{"activity":"s{{{pair[0]}}}"},"target":{"activity":"s{{{pair[1]}}}"}}"""));
            var map = ProcessMapModel.Parse($$$"""{"root":{"activities":[{{{steps}}}],"connections":[{{{links}}}]}}""");
            return map.Nodes.Count == count
                && map.Nodes.Select(node => node.Id).Distinct().Count() == count
                && map.Nodes.All(a => map.Nodes.All(b => a == b || Math.Abs(a.X - b.X) >= ProcessMapModel.Node.Width || Math.Abs(a.Y - b.Y) >= ProcessMapModel.Node.Height))
                && map.Nodes.All(node => node.X >= 0 && node.Y >= 0 && node.X + ProcessMapModel.Node.Width <= map.Width && node.Y + ProcessMapModel.Node.Height <= map.Height);
        });

    [Fact]
    public void Parse_EmptyRoot_DrawsNothing() => Assert.Empty(ProcessMapModel.Parse("""{"root":{}}""").Nodes);
}
