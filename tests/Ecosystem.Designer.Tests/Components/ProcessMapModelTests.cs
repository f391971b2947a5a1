using System.Text.Json.Nodes;
using CsCheck;
using Ecosystem.Designer.Components;

namespace Ecosystem.Designer.Tests.Components;

public sealed class ProcessMapModelTests
{
    [Fact]
    public void Parse_DesignerPlaces_KeepsTheirColumnsAndRows()
    {
        var map = ProcessMapModel.Parse("""
            {"root":{"activities":[
              {"id":"a","type":"Elsa.Start","metadata":{"designer":{"position":{"x":100,"y":50}}}},
              {"id":"b","type":"Ecosystem.HumanTask","metadata":{"displayText":"Review application","designer":{"position":{"x":400,"y":150}}}},
              {"id":"c","type":"Elsa.End","metadata":{"designer":{"position":{"x":410,"y":55}}}}],
             "connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"}},{"source":{"activity":"a","port":"Late"},"target":{"activity":"c"}}]}}
            """);
        var (a, b, c) = (Node(map, "a"), Node(map, "b"), Node(map, "c"));
        Assert.True(a.X < b.X && b.X == c.X);
        Assert.True(a.Y == c.Y && c.Y < b.Y);
        Assert.Equal("Review application", b.Title);
        Assert.Null(map.Edges.Single(edge => edge.To == "b").Label);
        Assert.Equal("Late", map.Edges.Single(edge => edge.To == "c").Label);
    }

    [Fact]
    public void Parse_NoPlacesAndALoop_LaysOutLayersLeftToRight()
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
    public void Parse_TwoOutcomesToOneStep_AreOneArrowWithBothNames()
    {
        var map = ProcessMapModel.Parse("""
            {"root":{"activities":[{"id":"a","type":"X"},{"id":"b","type":"X"}],
             "connections":[{"source":{"activity":"a","port":"Late"},"target":{"activity":"b"}},{"source":{"activity":"a","port":"Done"},"target":{"activity":"b"}}]}}
            """);
        Assert.Equal("Late, Done", Assert.Single(map.Edges).Label);
    }

    [Fact]
    public void Parse_LongProcess_GoesOnInBandsAndFitsThePage()
    {
        var steps = string.Join(',', Enumerable.Range(0, 26).Select(i => Placed(i, i * 300, 0)));
        var links = string.Join(',', Enumerable.Range(0, 25).Select(i => $$$"""{"source":{"activity":"s{{{i}}}"},"target":{"activity":"s{{{i + 1}}}"}}"""));
        var map = ProcessMapModel.Parse($$$"""{"root":{"activities":[{{{steps}}}],"connections":[{{{links}}}]}}""");
        Assert.InRange(map.Width, 700, ProcessMapModel.PageWidth);
        Assert.Equal(Enumerable.Range(0, 26).Select(i => $"s{i}"), map.Nodes.Select(node => node.Id));
        Assert.Empty(Faults(map));
    }

    [Fact]
    public void Parse_AnyGraph_BoxesDoNotOverlapAndArrowsCrossNone() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 29].Array[0, 60], Gen.Select(Gen.Int[0, 8], Gen.Int[0, 4]).Array[30], Gen.Bool).Sample((count, ends, places, placed) =>
        {
            var steps = string.Join(',', Enumerable.Range(0, count).Select(i => placed
                ? Placed(i, (places[i].Item1 * 300) + i, places[i].Item2 * 150)
                : $$"""{"id":"s{{i}}","type":"T"}"""));
            var links = string.Join(',', ends.Chunk(2).Where(pair => pair.Length == 2).Select((pair, i) => $$$"""{"source":{"activity":"s{{{pair[0]}}}","port":"Outcome {{{i % 3}}}"},"target":{"activity":"s{{{pair[1]}}}"}}"""));
            var map = ProcessMapModel.Parse($$$"""{"root":{"activities":[{{{steps}}}],"connections":[{{{links}}}]}}""");
            return map.Nodes.Count == count && map.Nodes.Select(node => node.Id).Distinct().Count() == count && Faults(map).Count == 0;
        });

    [Fact]
    public void Parse_ShippedProcesses_FitThePageAndNoArrowCrossesABox()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "workflow-definitions"), "*.json"))
        {
            var text = File.ReadAllText(file);
            var map = ProcessMapModel.Parse(text);
            Assert.Equal(((JsonArray)JsonNode.Parse(text)!["root"]!["activities"]!).Count, map.Nodes.Count);
            Assert.True(map.Width <= ProcessMapModel.PageWidth, $"{file} is {map.Width} wide");
            Assert.Empty(Faults(map));
            Assert.Empty(LabelFaults(map).Select(fault => $"{Path.GetFileName(file)}: {fault}"));
        }
    }

    [Fact]
    public void Parse_UpToFiveOutcomesAnyWay_LabelsAreReadable() =>
        Gen.Select(Gen.Int[1, 5], Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5]).Array[6]).Sample((count, places) =>
        {
            var steps = string.Join(',', Enumerable.Range(0, count + 1).Select(i => Placed(i, (places[i].Item1 * 300) + i, places[i].Item2 * 150)));
            var links = string.Join(',', Enumerable.Range(1, count).Select(i => $$$"""{"source":{"activity":"s0","port":"Ask for information {{{i}}}"},"target":{"activity":"s{{{i}}}"}}"""));
            var map = ProcessMapModel.Parse($$$"""{"root":{"activities":[{{{steps}}}],"connections":[{{{links}}}]}}""");
            return Faults(map).Count == 0 && !LabelFaults(map).Any();
        });

    [Fact]
    public void Parse_EmptyRoot_DrawsNothing() => Assert.Empty(ProcessMapModel.Parse("""{"root":{}}""").Nodes);

    private static string Placed(int number, int x, int y) => new JsonObject
    {
        ["id"] = $"s{number}",
        ["type"] = "T",
        ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = x, ["y"] = y } } },
    }.ToJsonString();

    private static ProcessMapModel.Node Node(ProcessMapModel map, string id) => map.Nodes.Single(node => node.Id == id);

    // Labels upon each other, upon boxes or outside the drawing.
    private static IEnumerable<string> LabelFaults(ProcessMapModel map)
    {
        var labels = map.Edges.Where(edge => edge.LabelBox is not null).Select(edge => (Name: $"{edge.Short} from {edge.From}", Box: edge.LabelBox!.Value)).ToList();
        var boxes = map.Nodes.Select(node => (Name: node.Id, Box: (node.X, node.Y, ProcessMapModel.Node.Width, ProcessMapModel.Node.Height)));
        return labels.SelectMany((label, i) => labels.Skip(i + 1).Concat(boxes).Where(other => Meet(label.Box, other.Box)).Select(other => $"'{label.Name}' is upon '{other.Name}'"))
            .Concat(labels.Where(label => label.Box.Y < 0 || label.Box.X + label.Box.Width > map.Width).Select(label => $"'{label.Name}' is outside"));
    }

    private static bool Meet((double X, double Y, double Width, double Height) a, (double X, double Y, double Width, double Height) b) =>
        a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;

    // Boxes upon each other or outside the drawing, and arrows through boxes.
    private static List<string> Faults(ProcessMapModel map)
    {
        var faults = new List<string>();
        foreach (var a in map.Nodes)
        {
            if (a.X < 0 || a.Y < 0 || a.X + ProcessMapModel.Node.Width > map.Width || a.Y + ProcessMapModel.Node.Height > map.Height)
            {
                faults.Add($"{a.Id} is outside");
            }

            faults.AddRange(map.Nodes.Where(b => a != b && Math.Abs(a.X - b.X) < ProcessMapModel.Node.Width && Math.Abs(a.Y - b.Y) < ProcessMapModel.Node.Height).Select(b => $"{a.Id} is upon {b.Id}"));
            foreach (var edge in map.Edges)
            {
                faults.AddRange(edge.Points.Zip(edge.Points.Skip(1)).Where(line =>
                    Math.Min(line.First.X, line.Second.X) < a.X + ProcessMapModel.Node.Width - 0.5 && Math.Max(line.First.X, line.Second.X) > a.X + 0.5
                    && Math.Min(line.First.Y, line.Second.Y) < a.Y + ProcessMapModel.Node.Height - 0.5 && Math.Max(line.First.Y, line.Second.Y) > a.Y + 0.5)
                    .Select(_ => $"{edge.From} to {edge.To} crosses {a.Id}"));
                faults.AddRange(edge.Points.Zip(edge.Points.Skip(1)).Where(line => Math.Abs(line.First.X - line.Second.X) > 0.01 && Math.Abs(line.First.Y - line.Second.Y) > 0.01)
                    .Select(_ => $"{edge.From} to {edge.To} runs aslant"));
            }
        }

        return faults;
    }
}
