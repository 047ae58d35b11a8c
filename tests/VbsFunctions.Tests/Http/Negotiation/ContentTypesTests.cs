using VbsFunctions.Http.Negotiation;

namespace VbsFunctions.Tests.Http.Negotiation;

public sealed class ContentTypesTests
{
    [Theory]
    [InlineData("application/json", true)]
    [InlineData("Application/json", true)]
    [InlineData("application/json;charset=UTF-8", true)]
    [InlineData("application/vnd.openstack.volume+json", true)]
    [InlineData("text/plain", false)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("application/json+x", false)]
    [InlineData("application", false)]
    [InlineData("json", false)]
    [InlineData(",", false)]
    public void Json_has_two_names(string header, bool json) => Assert.Equal(json, ContentTypes.NamesJson(header));
}
