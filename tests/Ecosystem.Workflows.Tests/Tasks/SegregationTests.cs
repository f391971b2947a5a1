using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Tests.Tasks;

public sealed class SegregationTests : EcosystemTest
{
    private static readonly Duty[] Duties = Enum.GetValues<Duty>();

    [Fact]
    public void MustBeApart_AllPairs_IsSymmetricAndNeverOfOneDutyAlone()
    {
        foreach (var one in Duties)
        {
            foreach (var other in Duties)
            {
                var apart = SegregationOfDuties.MustBeApart(one, other);

                Assert.Equal(apart, SegregationOfDuties.MustBeApart(other, one));
                Assert.Equal(apart, SegregationOfDuties.Check([one], other) is not null);
                Assert.False(apart && one == other);
            }
        }
    }

    [Theory]
    [InlineData(Duty.Create, Duty.Approve)]
    [InlineData(Duty.EditBankDetails, Duty.VerifyBankDetails)]
    [InlineData(Duty.EditBankDetails, Duty.ReleasePayment)]
    [InlineData(Duty.VerifyBankDetails, Duty.ReleasePayment)]
    [InlineData(Duty.WriteRules, Duty.PublishRules)]
    [InlineData(Duty.WriteRules, Duty.ApprovePayout)]
    [InlineData(Duty.RequestException, Duty.GrantException)]
    [InlineData(Duty.Calculate, Duty.DecideDispute)]
    public void MustBeApart_PairsOfTheMatrix_Are(Duty one, Duty other) => Assert.True(SegregationOfDuties.MustBeApart(one, other));

    // Any history of duties of three people on two things, kept as it would be: whoever may go on has nothing in it that must be apart.
    [Fact]
    public async Task CheckAsync_AnyHistory_IsOnThePersonAndTheThing()
    {
        var duties = Get<SegregationOfDuties>();
        var random = new Random(7);
        var had = new HashSet<(string Person, string Thing, Duty Duty)>();
        for (var i = 0; i < 250; i++)
        {
            var person = $"u-{random.Next(3)}";
            var subject = new Subject("deal", $"deal-{random.Next(2)}");
            var duty = Duties[random.Next(Duties.Length)];
            var roles = random.Next(4) == 0 ? new[] { "admin", "approver" } : ["approver", "finance", "ops"];
            var actor = Actor.Staff(person, person, ActorSource.Web, roles);
            var expected = had.Any(entry => entry.Person == person && entry.Thing == subject.Id && SegregationOfDuties.MustBeApart(entry.Duty, duty))
                || (roles.Contains("admin") && SegregationOfDuties.IsApproval(duty));

            var refused = await Storage.WriteAsync(async (db, token) =>
            {
                var refusal = await duties.CheckAsync(db, subject, duty, actor, token);
                if (refusal is null)
                {
                    duties.Record(db, subject, duty, actor, Clock.GetUtcNow());
                }

                return refusal is not null;
            });

            Assert.Equal(expected, refused);
            if (!refused)
            {
                had.Add((person, subject.Id, duty));
            }
        }

        foreach (var group in had.GroupBy(entry => (entry.Person, entry.Thing)))
        {
            Assert.DoesNotContain(group, one => group.Any(other => SegregationOfDuties.MustBeApart(one.Duty, other.Duty)));
        }
    }

    [Theory]
    [InlineData("deal.submitted", Duty.Approve)]
    [InlineData("payee.entered", Duty.VerifyBankDetails)]
    [InlineData("payee.verified", Duty.ReleasePayment)]
    [InlineData("payout.requested", Duty.ApprovePayout)]
    [InlineData("payout.approved", Duty.ReleasePayment)]
    [InlineData("incentive.accrued", Duty.DecideDispute)]
    [InlineData("deal.extension-requested", Duty.GrantException)]
    [InlineData("ruleset.drafted", Duty.PublishRules)]
    [InlineData("ruleset.edited", Duty.PublishRules)]
    [InlineData("payout.first-approved", Duty.ReleasePayment)]
    public async Task CheckAsync_WhatTheAuditTrailTells_IsADutyHad(string action, Duty next)
    {
        var subject = new Subject("thing", "t-1");
        await Storage.WriteAsync((db, _) =>
        {
            Get<Audit>().Add(db, Ops, action, subject);
            return Task.CompletedTask;
        });

        var (own, other) = await Storage.ReadAsync(async (db, token) => (
            await Get<SegregationOfDuties>().CheckAsync(db, subject, next, Ops, token),
            await Get<SegregationOfDuties>().CheckAsync(db, subject, next, Actor.Staff("u-2", "Two", ActorSource.Web, "ops"), token)));

        Assert.Equal("duties.same-person", own?.Code);
        Assert.Null(other);
    }
}
