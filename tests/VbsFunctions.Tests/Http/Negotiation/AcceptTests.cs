using VbsFunctions.Http.Negotiation;

namespace VbsFunctions.Tests.Http.Negotiation;

public sealed class AcceptTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("*/*", true)]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON; charset=utf-8", true)]
    [InlineData("application/*;q=0.1", true)]
    [InlineData("text/html, */*;q=0.1", true)]
    [InlineData("application/vnd.openstack.volume+json", true)]
    [InlineData("nonsense", true)]
    [InlineData("text/html", false)]
    [InlineData("text/html, text/*", false)]
    [InlineData("application/json;q=0, */*", false)]
    [InlineData("application/*;q=0, */*", false)]
    [InlineData("application/json, application/*;q=0", true)]
    [InlineData("*/*;q=0", false)]
    [InlineData("application/problem+json", false)]
    public void Json_is_taken_unless_the_header_rules_it_out(string? header, bool takes) => Assert.Equal(takes, Accept.Read(header).TakesJson);

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("application/*", false)]
    [InlineData("application/json", false)]
    [InlineData("application/problem+json;q=0, application/json", false)]
    [InlineData("application/problem+xml", false)]
    [InlineData("application/json, application/problem+json", true)]
    [InlineData("Application/Problem+JSON;q=0.2, */*", true)]
    public void A_problem_is_for_those_who_ask_for_it_by_name(string? header, bool named) => Assert.Equal(named, Accept.Read(header).NamesProblem);

    [Fact]
    public void Several_headers_are_one_list() =>
        Assert.Equal(new Accept(TakesJson: true, NamesProblem: true), Accept.Read(new(["text/html, application/json", "application/problem+json"])));
}
