namespace Ecosystem.Designer.Components;

/// <summary>A process as it is drawn: boxes and arrows with their places.</summary>
/// <param name="Nodes">Boxes, in reading order.</param>
/// <param name="Edges">Arrows.</param>
/// <param name="Width">Width of the drawing.</param>
/// <param name="Height">Height of the drawing.</param>
internal sealed record ProcessMapModel(
    IReadOnlyList<ProcessMapModel.Node> Nodes, IReadOnlyList<ProcessMapModel.Edge> Edges, double Width, double Height)
{
    /// <summary>The width that fits a page: wider processes go on in a further band below.</summary>
    public const double PageWidth = 1060;

    /// <summary>One step.</summary>
    /// <param name="Id">Activity id.</param>
    /// <param name="Title">What people call it.</param>
    /// <param name="Kind">What it is, from its type.</param>
    /// <param name="X">Left edge.</param>
    /// <param name="Y">Top edge.</param>
    internal sealed record Node(string Id, string Title, string Kind, double X, double Y)
    {
        /// <summary>Width of every box.</summary>
        public static double Width => 156;

        /// <summary>Height of every box.</summary>
        public static double Height => 58;
    }

    /// <summary>One arrow.</summary>
    /// <param name="From">Activity id of its start.</param>
    /// <param name="To">Activity id of its end.</param>
    /// <param name="Label">The outcome it stands for; null for the plain "Done".</param>
    /// <param name="Points">Its corners; between them it runs straight across or straight down.</param>
    internal sealed record Edge(string From, string To, string? Label, IReadOnlyList<(double X, double Y)> Points)
    {
        private const double Radius = 7;
        private const double Letter = 6.4;
        private const int LongestLabel = 18;
        private const double LabelHeight = 12;

        /// <summary>The label as it is drawn, cut to what the lane takes.</summary>
        public string? Short => Label is null || Label.Length <= LongestLabel ? Label : Label[..(LongestLabel - 1)] + "…";

        /// <summary>Where the label stands: upon the beginning of the arrow. Null without a label.</summary>
        public (double X, double Y, double Width, double Height)? LabelBox =>
            Label is null ? null : (Points[0].X + 5, Points[0].Y - LabelHeight - 1, LabelWidth(Label), LabelHeight);

        /// <summary>How wide a label is drawn, at most.</summary>
        public static double LabelWidth(string label) => Math.Min(label.Length, LongestLabel) * Letter;

        /// <summary>SVG path with rounded corners.</summary>
        public string Path
        {
            get
            {
                var path = new System.Text.StringBuilder();
                path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{Points[0].X:0.#} {Points[0].Y:0.#}");
                for (var i = 1; i < Points.Count - 1; i++)
                {
                    var (before, corner, after) = (Points[i - 1], Points[i], Points[i + 1]);
                    var (into, outOf) = (Toward(corner, before), Toward(corner, after));
                    path.Append(System.Globalization.CultureInfo.InvariantCulture, $"L{into.X:0.#} {into.Y:0.#}Q{corner.X:0.#} {corner.Y:0.#} {outOf.X:0.#} {outOf.Y:0.#}");
                }

                return path.Append(System.Globalization.CultureInfo.InvariantCulture, $"L{Points[^1].X:0.#} {Points[^1].Y:0.#}").ToString();
            }
        }

        private static (double X, double Y) Toward((double X, double Y) corner, (double X, double Y) other)
        {
            var length = Math.Abs(other.X - corner.X) + Math.Abs(other.Y - corner.Y);
            var part = length == 0 ? 0 : Math.Min(Radius, length / 2) / length;
            return (corner.X + ((other.X - corner.X) * part), corner.Y + ((other.Y - corner.Y) * part));
        }
    }

    /// <summary>
    /// Reads an Elsa 3 definition and lays it out: in the order of columns and rows that the designer's places give, or in layers when not
    /// every step has a place.
    /// </summary>
    /// <param name="definitionJson">The definition.</param>
    /// <param name="width">How wide the drawing may be; what does not fit goes on in a band below.</param>
    public static ProcessMapModel Parse(string definitionJson, double width = PageWidth)
    {
        var source = ProcessMapSource.Read(definitionJson);
        return source.Steps.Count == 0 ? new ProcessMapModel([], [], 0, 0) : ProcessMapRouting.Draw(source, ProcessMapGrid.Of(source), width);
    }
}
