namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>Facts of the dinner party: guests are seated so that neighbours differ in sex and share a hobby.</summary>
internal static class MannersFacts
{
    public enum State
    {
        Start,
        Seat,
        Copy,
        Check,
        End,
    }

    public static List<Guest> Guests(int count)
    {
        var guests = new List<Guest>();
        var state = 12345L;
        for (var i = 0; i < count; i++)
        {
            var hobbies = new SortedSet<int>();
            var wanted = 2 + Next(2);
            while (hobbies.Count < wanted)
            {
                hobbies.Add(1 + Next(3));
            }

            guests.AddRange(hobbies.Select(h => new Guest(i, i % 2 == 0, h)));
        }

        return guests;

        int Next(int below)
        {
            state = ((state * 1103515245) + 12345) & 0x7fffffff;
            return (int)((state >> 16) % below);
        }
    }

    public sealed record Guest(int Name, bool IsMale, int Hobby);

    public sealed record LastSeat(int Seat);

    public sealed record Seated(int Id, int Name, int Seat);

    public sealed record Chosen(int Id, int Name, int Hobby);

    public sealed class Seating(int id, int parent, int left, int right, int seat)
    {
        public int Id { get; } = id;

        public int Parent { get; } = parent;

        public int Left { get; } = left;

        public int Right { get; } = right;

        public int Seat { get; } = seat;

        public bool Done { get; set; }
    }

    public sealed class Progress
    {
        public State State { get; set; }

        public int Next { get; set; } = 1;
    }
}
