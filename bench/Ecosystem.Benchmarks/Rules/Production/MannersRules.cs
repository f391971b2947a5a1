using Ecosystem.Rules.Fluent.Dsl;
using Ecosystem.Rules.RuleModel;
using static Ecosystem.Benchmarks.Rules.Production.MannersFacts;

namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>The dinner party as rules: each new seat copies the path of seats before it. Only the last seating is continued, so that engines of different strategies do the same work.</summary>
internal static class MannersRules
{
    public static Rule[] All => [new FirstSeat(), new NextSeat(), new CopyPath(), new PathDone(), new AllSeated(), new GoOn()];

    /// <summary>The same rules and facts for CLIPS.</summary>
    public static string Clips(IEnumerable<Guest> guests, int seats) => $$"""
        (deftemplate guest (slot name) (slot sex) (slot hobby))
        (deftemplate last-seat (slot seat))
        (deftemplate seating (slot id) (slot parent) (slot left) (slot right) (slot seat) (slot done))
        (deftemplate path (slot id) (slot name) (slot seat))
        (deftemplate chosen (slot id) (slot name) (slot hobby))
        (deftemplate progress (slot state) (slot next))
        (defrule first-seat
          ?p <- (progress (state start) (next ?n)) (guest (name ?g))
          =>
          (assert (seating (id ?n) (parent 0) (left ?g) (right ?g) (seat 1) (done yes)))
          (assert (path (id ?n) (name ?g) (seat 1)))
          (modify ?p (state seat) (next (+ ?n 1))))
        (defrule next-seat
          ?p <- (progress (state seat) (next ?n))
          (seating (id ?id&:(= ?id (- ?n 1))) (right ?left) (seat ?seat) (done yes))
          (guest (name ?left) (sex ?sex) (hobby ?h))
          (guest (name ?right) (sex ~?sex) (hobby ?h))
          (not (path (id ?id) (name ?right)))
          (not (chosen (id ?id) (name ?right) (hobby ?h)))
          =>
          (assert (seating (id ?n) (parent ?id) (left ?left) (right ?right) (seat (+ ?seat 1)) (done no)))
          (assert (path (id ?n) (name ?right) (seat (+ ?seat 1))))
          (assert (chosen (id ?id) (name ?right) (hobby ?h)))
          (modify ?p (state copy) (next (+ ?n 1))))
        (defrule copy-path (declare (salience 20))
          (progress (state copy))
          (seating (id ?id) (parent ?parent) (done no))
          (path (id ?parent) (name ?g) (seat ?s))
          (not (path (id ?id) (name ?g)))
          =>
          (assert (path (id ?id) (name ?g) (seat ?s))))
        (defrule path-done (declare (salience 10))
          ?p <- (progress (state copy)) ?s <- (seating (done no))
          =>
          (modify ?s (done yes))
          (modify ?p (state check)))
        (defrule all-seated (declare (salience 10))
          ?p <- (progress (state check)) (last-seat (seat ?l)) (seating (seat ?l) (done yes))
          =>
          (modify ?p (state end)))
        (defrule go-on
          ?p <- (progress (state check))
          =>
          (modify ?p (state seat)))
        (reset)
        {{string.Join('\n', guests.Select(g => $"(assert (guest (name {g.Name}) (sex {(g.IsMale ? 'm' : 'f')}) (hobby {g.Hobby})))"))}}
        (assert (last-seat (seat {{seats}})))
        (defglobal ?*start* = (time))
        (assert (progress (state start) (next 1)))
        (run)
        (printout t crlf "seconds=" (- (time) ?*start*) " result=" (length$ (find-all-facts ((?s seating)) TRUE)) crlf)
        (exit)
        """;

    private static void Move(IContext context, Progress progress, State state)
    {
        progress.State = state;
        context.Update(progress);
    }

    private sealed class FirstSeat : Rule
    {
        public override void Define()
        {
            Progress progress = null!;
            Guest guest = null!;
            When().Match(() => progress, p => p.State == State.Start).Match(() => guest);
            Then().Do(ctx => Seat(ctx, progress, guest));
        }

        private static void Seat(IContext context, Progress progress, Guest guest)
        {
            context.Insert(new Seating(progress.Next, 0, guest.Name, guest.Name, 1) { Done = true });
            context.Insert(new Seated(progress.Next++, guest.Name, 1));
            Move(context, progress, State.Seat);
        }
    }

    private sealed class NextSeat : Rule
    {
        public override void Define()
        {
            Progress progress = null!;
            Seating seating = null!;
            Guest left = null!;
            Guest right = null!;
            When()
                .Match(() => progress, p => p.State == State.Seat)
                .Match(() => seating, s => s.Done, s => s.Id == progress.Next - 1)
                .Match(() => left, g => g.Name == seating.Right)
                .Match(() => right, g => g.Hobby == left.Hobby, g => g.IsMale != left.IsMale)
                .Not<Seated>(p => p.Id == seating.Id, p => p.Name == right.Name)
                .Not<Chosen>(c => c.Id == seating.Id, c => c.Name == right.Name, c => c.Hobby == left.Hobby);
            Then().Do(ctx => Seat(ctx, progress, seating, right));
        }

        private static void Seat(IContext context, Progress progress, Seating seating, Guest right)
        {
            context.Insert(new Seating(progress.Next, seating.Id, seating.Right, right.Name, seating.Seat + 1));
            context.Insert(new Seated(progress.Next++, right.Name, seating.Seat + 1));
            context.Insert(new Chosen(seating.Id, right.Name, right.Hobby));
            Move(context, progress, State.Copy);
        }
    }

    [Priority(20)]
    private sealed class CopyPath : Rule
    {
        public override void Define()
        {
            Progress progress = null!;
            Seating seating = null!;
            Seated path = null!;
            When()
                .Match(() => progress, p => p.State == State.Copy)
                .Match(() => seating, s => !s.Done)
                .Match(() => path, p => p.Id == seating.Parent)
                .Not<Seated>(p => p.Id == seating.Id, p => p.Name == path.Name);
            Then().Do(ctx => ctx.Insert(new Seated(seating.Id, path.Name, path.Seat)));
        }
    }

    [Priority(10)]
    private sealed class PathDone : Rule
    {
        public override void Define()
        {
            Progress progress = null!;
            Seating seating = null!;
            When().Match(() => progress, p => p.State == State.Copy).Match(() => seating, s => !s.Done);
            Then().Do(ctx => Finish(ctx, progress, seating));
        }

        private static void Finish(IContext context, Progress progress, Seating seating)
        {
            seating.Done = true;
            context.Update(seating);
            Move(context, progress, State.Check);
        }
    }

    [Priority(10)]
    private sealed class AllSeated : Rule
    {
        public override void Define()
        {
            Progress progress = null!;
            LastSeat last = null!;
            When()
                .Match(() => progress, p => p.State == State.Check)
                .Match(() => last)
                .Exists<Seating>(s => s.Done, s => s.Seat == last.Seat);
            Then().Do(ctx => Move(ctx, progress, State.End));
        }
    }

    private sealed class GoOn : Rule
    {
        public override void Define()
        {
            Progress progress = null!;
            When().Match(() => progress, p => p.State == State.Check);
            Then().Do(ctx => Move(ctx, progress, State.Seat));
        }
    }
}
