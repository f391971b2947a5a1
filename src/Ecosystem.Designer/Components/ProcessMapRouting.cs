namespace Ecosystem.Designer.Components;

/// <summary>
/// Gives boxes their places and arrows their ways. Arrows run only in the lanes between columns and rows, each in a lane of its own where
/// several run side by side, so that none crosses a box and none lies upon another.
/// </summary>
internal static class ProcessMapRouting
{
    private const double Margin = 12;
    private const double Lane = 9;
    private const double Arrow = 14;
    private const double RowGap = 22;
    private const double BandGap = 34;
    private const int MostBeside = 2;

    // Places are counted in half steps: column c has its middle at 2c+1 and the lanes before it at 2c; rows likewise.
    private sealed class Way(ProcessMapSource.Link link, (int Column, int Row) from, (int Column, int Row) to)
    {
        public ProcessMapSource.Link Link => link;

        public (int Column, int Row) From => from;

        public (int Column, int Row) To => to;

        // The lanes it leaves into and comes from; the same for neighbours.
        public int OutLane => (2 * from.Column) + 2;

        public int InLane => 2 * to.Column;

        public bool IsDirect => OutLane == InLane;

        public bool IsStraight => IsDirect && from.Row == to.Row && ExitShift == 0;

        // The lanes between rows it runs along: below its row when it goes down or back, above when it goes up.
        public int AcrossLane => to.Row < from.Row ? 2 * from.Row : (2 * from.Row) + 2;

        public int OutNumber { get; set; }

        public int AcrossNumber { get; set; }

        public int InNumber { get; set; }

        public double ExitShift { get; set; }
    }

    /// <summary>Draws a process.</summary>
    /// <param name="source">The process.</param>
    /// <param name="cells">Column and row of each step.</param>
    /// <param name="width">How wide the drawing may be; what does not fit goes on in a band below.</param>
    public static ProcessMapModel Draw(ProcessMapSource source, Dictionary<string, (int Column, int Row)> cells, double width)
    {
        // Fewer columns to a band until a band fits; one column always does.
        for (var columns = cells.Values.Max(cell => cell.Column) + 1; ; columns--)
        {
            var model = Draw(source, Banded(cells, columns, out var bands), bands);
            if (model.Width <= width || columns <= 2)
            {
                return model;
            }
        }
    }

    private static Dictionary<string, (int Column, int Row)> Banded(Dictionary<string, (int Column, int Row)> cells, int columns, out HashSet<int> bandStarts)
    {
        var banded = new Dictionary<string, (int Column, int Row)>(StringComparer.Ordinal);
        bandStarts = [];
        var first = 0;
        foreach (var band in cells.GroupBy(cell => cell.Value.Column / columns).OrderBy(group => group.Key))
        {
            // Rows a band does not use take no room.
            var rows = band.Select(cell => cell.Value.Row).Distinct().Order().Select((row, index) => (row, index)).ToDictionary(pair => pair.row, pair => pair.index);
            bandStarts.Add(first);
            foreach (var (id, cell) in band)
            {
                banded[id] = (cell.Column % columns, first + rows[cell.Row]);
            }

            first += rows.Count;
        }

        return banded;
    }

    private static ProcessMapModel Draw(ProcessMapSource source, Dictionary<string, (int Column, int Row)> cells, HashSet<int> bandStarts)
    {
        var ways = source.Links.Select(link => new Way(link, cells[link.From], cells[link.To])).ToList();
        Spread(ways);
        var upright = Number(ways, way => way.IsStraight ? [] : way.IsDirect ? [way.OutLane] : [way.OutLane, way.InLane], SpanDown, (way, lane, number) =>
        {
            if (lane == way.OutLane)
            {
                way.OutNumber = number;
            }

            if (lane == way.InLane)
            {
                way.InNumber = number;
            }
        });
        var level = Number(ways, way => way.IsDirect ? [] : [way.AcrossLane], (way, _) => Ordered(way.OutLane, way.InLane), (way, _, number) => way.AcrossNumber = number);

        var columns = cells.Values.Max(cell => cell.Column) + 1;
        var rows = cells.Values.Max(cell => cell.Row) + 1;
        var labels = ways.Where(way => way.Link.Label is not null).GroupBy(way => way.OutLane).ToDictionary(group => group.Key, group => group.Max(way => ProcessMapModel.Edge.LabelWidth(way.Link.Label!)));
        var (left, laneX) = Places(columns, ProcessMapModel.Node.Width, lane => labels.GetValueOrDefault(lane) + (Lane * upright.GetValueOrDefault(lane)) + Arrow + 10, lane => labels.GetValueOrDefault(lane) + 8);
        var (top, laneY) = Places(
            rows,
            ProcessMapModel.Node.Height,
            lane => Math.Max(lane == 0 ? 0 : bandStarts.Contains(lane / 2) ? BandGap : RowGap, (Lane * level.GetValueOrDefault(lane)) + 16),
            _ => 12);

        var nodes = source.Steps.Select(step => new ProcessMapModel.Node(step.Id, step.Title, step.Kind, left[cells[step.Id].Column], top[cells[step.Id].Row]))
            .OrderBy(node => cells[node.Id].Row, Comparer<int>.Create((a, b) => BandOf(a, bandStarts).CompareTo(BandOf(b, bandStarts)))).ThenBy(node => node.X).ThenBy(node => node.Y).ToList();
        var edges = ways.Select(way => Edge(way, left, top, laneX, laneY)).ToList();
        var width = Math.Max(nodes.Max(node => node.X) + ProcessMapModel.Node.Width, edges.SelectMany(edge => edge.Points).Select(point => point.X).DefaultIfEmpty(0).Max()) + Margin;
        var height = Math.Max(nodes.Max(node => node.Y) + ProcessMapModel.Node.Height, edges.SelectMany(edge => edge.Points).Select(point => point.Y).DefaultIfEmpty(0).Max()) + Margin;
        return new ProcessMapModel(nodes, edges, width, height);
    }

    private static int BandOf(int row, HashSet<int> bandStarts) => bandStarts.Count(start => start <= row);

    // What leaves a box upwards leaves above its middle, what goes down below; the straight way has the middle, unless so many leave on one side
    // of it that their names would lie upon each other.
    private static void Spread(List<Way> ways)
    {
        foreach (var leaving in ways.GroupBy(way => way.Link.From, StringComparer.Ordinal))
        {
            var ordered = leaving.OrderBy(way => way.To.Row - way.From.Row).ThenBy(way => way.To.Column).ToList();
            var middle = ordered.FindIndex(way => way.IsStraight);
            var centre = middle >= 0 && Math.Max(middle, ordered.Count - 1 - middle) <= MostBeside ? middle : (ordered.Count - 1) / 2.0;
            var reach = Math.Max(centre, ordered.Count - 1 - centre);
            var gap = reach == 0 ? 0 : Math.Min(17, ((ProcessMapModel.Node.Height / 2) - 3) / reach);
            for (var i = 0; i < ordered.Count; i++)
            {
                ordered[i].ExitShift = (i - centre) * gap;
            }
        }
    }

    private static (int From, int To) SpanDown(Way way, int lane)
    {
        if (way.IsDirect)
        {
            return Ordered((2 * way.From.Row) + 1, (2 * way.To.Row) + 1);
        }

        return lane == way.OutLane && lane == way.InLane ? Ordered((2 * way.From.Row) + 1, (2 * way.To.Row) + 1)
            : lane == way.OutLane ? Ordered((2 * way.From.Row) + 1, way.AcrossLane)
            : Ordered(way.AcrossLane, (2 * way.To.Row) + 1);
    }

    private static (int From, int To) Ordered(int a, int b) => a <= b ? (a, b) : (b, a);

    // Gives ways that share a stretch of a lane numbers of their own; tells how many each lane needs.
    private static Dictionary<int, int> Number(List<Way> ways, Func<Way, IEnumerable<int>> lanes, Func<Way, int, (int From, int To)> span, Action<Way, int, int> give)
    {
        var used = new Dictionary<int, List<List<(int From, int To, string Target)>>>();
        foreach (var way in ways.OrderBy(way => way.Link.To, StringComparer.Ordinal))
        {
            foreach (var lane in lanes(way))
            {
                var (from, to) = span(way, lane);
                var tracks = used.TryGetValue(lane, out var known) ? known : used[lane] = [];

                // Ways to the same step may run together: they end in the same arrow.
                var number = tracks.FindIndex(track => track.TrueForAll(other => other.Target == way.Link.To || other.To < from || to < other.From));
                if (number < 0)
                {
                    number = tracks.Count;
                    tracks.Add([]);
                }

                tracks[number].Add((from, to, way.Link.To));
                give(way, lane, number);
            }
        }

        return used.ToDictionary(pair => pair.Key, pair => pair.Value.Count);
    }

    // Where boxes begin, and where the first track of each lane runs.
    private static (double[] Boxes, Dictionary<int, double> Lanes) Places(int count, double size, Func<int, double> gap, Func<int, double> before)
    {
        var boxes = new double[count];
        var lanes = new Dictionary<int, double>();
        var at = Margin;
        for (var i = 0; i <= count; i++)
        {
            lanes[2 * i] = at + before(2 * i);
            at += i == 0 && gap(0) <= Arrow + 10 ? 0 : gap(2 * i);
            if (i < count)
            {
                boxes[i] = at;
                at += size;
            }
        }

        return (boxes, lanes);
    }

    private static ProcessMapModel.Edge Edge(Way way, double[] left, double[] top, Dictionary<int, double> laneX, Dictionary<int, double> laneY)
    {
        var startX = left[way.From.Column] + ProcessMapModel.Node.Width;
        var startY = top[way.From.Row] + (ProcessMapModel.Node.Height / 2) + way.ExitShift;
        var endX = left[way.To.Column];
        var endY = top[way.To.Row] + (ProcessMapModel.Node.Height / 2);
        var outX = laneX[way.OutLane] + (Lane * way.OutNumber);
        List<(double, double)> points = [(startX, startY)];
        if (way.IsDirect)
        {
            if (startY != endY)
            {
                points.AddRange([(outX, startY), (outX, endY)]);
            }
        }
        else
        {
            var acrossY = laneY[way.AcrossLane] + (Lane * way.AcrossNumber);
            var inX = laneX[way.InLane] + (Lane * way.InNumber);
            points.AddRange([(outX, startY), (outX, acrossY), (inX, acrossY), (inX, endY)]);
        }

        points.Add((endX, endY));
        return new ProcessMapModel.Edge(way.Link.From, way.Link.To, way.Link.Label, points);
    }
}
